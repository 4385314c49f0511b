#pragma once
// A switch as `wasl init` and `wasl import` make it, in a temporary directory, on which the real
// engine decided real commands; and the commands for what a switch holds, as they are typed. One
// thread.

#include <functional>
#include <string>
#include <vector>

#include "cli/typed_command.hpp"
#include "core/codec.hpp"
#include "core/durable.hpp"
#include "core/reply.hpp"
#include "support/temporary_directory.hpp"
#include "support/world.hpp"

namespace wasl::test {

class JournaledSwitch {
 public:
  // One pharmacy, one family, one product (kBrand, 312.45, tarif 280.00); its import is record 1.
  JournaledSwitch();

  static constexpr std::string_view kBrand = "01001";
  // Of packs at the public price.
  [[nodiscard]] core::Command claim(std::uint32_t packs, std::string_view prescription);
  [[nodiscard]] core::Command reversal(const core::Command& claim) {
    return sealed(world_.reversal(claim));
  }
  [[nodiscard]] core::Command quote(const core::Command& claim) {
    return sealed(world_.quote(claim));
  }

  // Decided one after the other, each a group of its own; the store is closed behind the last.
  std::vector<core::Reply> run(const std::vector<core::Command>& commands);
  // Changes records between decision and journal, as nobody honest does.
  std::function<void(core::RecordView& record)> tamper;

  [[nodiscard]] const std::string& directory() const { return directory_; }
  // From now on the switch that lies there.
  void go_on_in(std::string directory) { directory_ = std::move(directory); }
  [[nodiscard]] core::DataId data_id() const;
  // What the terminal that sent it got: a whole frame.
  [[nodiscard]] std::string frame(const core::Reply& reply) const;
  // Adds one to a byte of the first segment, behind its header.
  void damage_journal(std::uint64_t offset) const;
  void write(const std::string& name, std::string_view bytes) const;

  // `wasl verify`, `replay`, `backup` or `restore`.
  [[nodiscard]] static Typed type(std::vector<std::string> arguments);
  // The same with this switch's directory behind the command.
  [[nodiscard]] Typed look(std::vector<std::string> arguments) const;

 private:
  [[nodiscard]] static core::Command sealed(core::Command command);
  void import_network() const;

  TemporaryDirectory temporary_;
  std::string directory_ = temporary_.path() + "/switch";
  World world_;
};

}  // namespace wasl::test
