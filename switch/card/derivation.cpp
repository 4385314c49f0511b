#include "card/derivation.hpp"

#include "card/cmac.hpp"
#include "core/bytes.hpp"

namespace wasl::card {

std::string_view derivation_label(KeyKind kind) {
  return kind == KeyKind::kCard ? "wasl/card/1" : "wasl/professional/1";
}

std::string derivation_context(const KeyName& name) {
  std::string context;
  core::Writer out(context);
  out.text(name.fund.view());
  out.text(name.holder.view());
  out.integer(name.version);
  return context;
}

// A key is as long as one output of the CMAC, so the counter never goes on. OpenSSL's KBKDF does
// the same, but fetches its CMAC anew for each key, which costs several times the derivation.
Key derive(const Key& master, const KeyName& name) {
  thread_local Cmac cmac;
  std::string input;
  core::Writer out(input);
  out.integer(std::uint32_t{1});
  out.raw(core::as_bytes(derivation_label(name.kind)));
  out.integer(std::uint8_t{0});
  out.raw(core::as_bytes(derivation_context(name)));
  out.integer(static_cast<std::uint32_t>(8 * kKeyBytes));
  return Key{cmac.of(master, core::as_bytes(input))};
}

}  // namespace wasl::card
