#include "card/virtual_card.hpp"

#include <boost/json.hpp>

#include "card/key_file.hpp"
#include "card/private_file.hpp"
#include "card/proof.hpp"

namespace wasl::card {
namespace {

namespace json = boost::json;

constexpr std::string_view kNames[] = {"kind", "fund", "number", "key_version", "key", "counter"};

// Collects the first fault; values read after it are not used.
class CardFields {
 public:
  CardFields(const json::object& object, const std::string& path) : object_(object), path_(path) {}

  void expect_only_known() {
    for (const auto& member : object_) {
      const std::string_view key(member.key().data(), member.key().size());
      if (std::find(std::begin(kNames), std::end(kNames), key) == std::end(kNames)) {
        fail("holds a field that is no card's");
      }
    }
  }
  std::string text(std::string_view name) {
    const json::value* value = object_.if_contains(json::string_view(name.data(), name.size()));
    if (value != nullptr && value->is_string()) return std::string(value->get_string().c_str());
    fail(std::string(name) + " must be a text");
    return {};
  }
  std::uint32_t number(std::string_view name, std::uint32_t most) {
    const json::value* value = object_.if_contains(json::string_view(name.data(), name.size()));
    const std::int64_t* given = value != nullptr ? value->if_int64() : nullptr;
    if (given != nullptr && *given >= 0 && *given <= most) {
      return static_cast<std::uint32_t>(*given);
    }
    fail(std::string(name) + " must be a number from 0 to " + std::to_string(most));
    return 0;
  }
  template <typename T>
  T checked(std::string_view name, const std::optional<T>& value) {
    if (!value) fail(std::string(name) + " is not one");
    return value.value_or(T{});
  }
  void fail(const std::string& problem) {
    if (fault_.empty()) fault_ = path_ + ": " + problem;
  }
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  const json::object& object_;
  const std::string& path_;
  std::string fault_;
};

std::optional<KeyKind> kind_named(std::string_view text) {
  if (text == "card") return KeyKind::kCard;
  if (text == "professional") return KeyKind::kProfessional;
  return std::nullopt;
}

}  // namespace

std::string to_json(const VirtualCard& card) {
  const json::object object = {{"kind", card.name.kind == KeyKind::kCard ? "card" : "professional"},
                               {"fund", std::string(card.name.fund.view())},
                               {"number", std::string(card.name.holder.view())},
                               {"key_version", card.name.version},
                               {"key", key_to_hex(card.key)},
                               {"counter", card.counter}};
  return json::serialize(object) + "\n";
}

core::Result<VirtualCard> parse_card(std::string_view text, const std::string& path) {
  json::error_code error;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error || !value.is_object()) {
    return core::fail(core::Errc::kMalformed, path + ": not a JSON object of a card");
  }
  CardFields fields(value.get_object(), path);
  VirtualCard card;
  fields.expect_only_known();
  card.name.kind = fields.checked("kind", kind_named(fields.text("kind")));
  card.name.fund = fields.checked("fund", core::FundCode::make(fields.text("fund")));
  card.name.holder = fields.checked("number", Holder::make(fields.text("number")));
  card.name.version = static_cast<std::uint16_t>(fields.number("key_version", UINT16_MAX));
  card.key = fields.checked("key", key_from_hex(fields.text("key")));
  card.counter = fields.number("counter", UINT32_MAX);
  if (!fields.fault().empty()) return core::fail(core::Errc::kMalformed, fields.fault());
  return card;
}

core::Result<void> create_card(const std::string& path, const VirtualCard& card) {
  return create_private(path, to_json(card));
}

core::Result<VirtualCard> read_card(const std::string& path) {
  const auto text = read_private(path);
  if (!text) return std::unexpected(text.error());
  return parse_card(*text, path);
}

core::Result<core::Proof> sign(const std::string& path, const core::Sha256& digest,
                               const std::array<std::uint8_t, 4>& unpredictable) {
  const auto lock = FileLock::take(path);
  if (!lock) return std::unexpected(lock.error());
  auto card = read_card(path);
  if (!card) return std::unexpected(card.error());
  if (card->counter == UINT32_MAX) {
    return core::fail(core::Errc::kLimit, path + ": its counter is used up; replace the card");
  }
  ++card->counter;
  if (auto stored = replace_private(path, to_json(*card)); !stored) {
    return std::unexpected(stored.error());
  }
  Cmac cmac;
  return make_proof(cmac, card->key,
                    {.atc = card->counter, .unpredictable = unpredictable, .mac = {}}, digest);
}

}  // namespace wasl::card
