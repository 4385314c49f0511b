#include "cli/card_command.hpp"

#include <boost/json.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "card/issue.hpp"
#include "card/key_file.hpp"
#include "card/virtual_card.hpp"
#include "cli/exit.hpp"

namespace wasl::cli {
namespace {

struct IssueArguments {
  std::string keys;
  std::string fund;
  std::string number;
  std::string provider;
  std::uint16_t key_version = 1;
  bool professional = false;
  std::string out;
};

template <typename Code>
Code code_or_exit(const std::string& text, const std::string& what) {
  const std::optional<Code> code = Code::make(text);
  if (code) return *code;
  exit_with(Exit::kFailed, "card issue",
            {core::Errc::kOutOfRange, what + " must be 1 to " + std::to_string(Code::kBytesMax) +
                                          " printable characters without space"});
}

card::KeyName name_of(const IssueArguments& arguments) {
  const auto fund = code_or_exit<core::FundCode>(arguments.fund, "--fund");
  if (arguments.professional) {
    return card::professional_key_name(
        fund, code_or_exit<core::ParticipantId>(arguments.provider, "--provider"),
        arguments.key_version);
  }
  return card::card_key_name(
      {.number = code_or_exit<core::CardNumber>(arguments.number, "--number"),
       .fund = fund,
       .key_version = arguments.key_version});
}

void issue(const IssueArguments& arguments) {
  // Not or_exit(): g++ 12 takes the move of a KeyFile for a delete of what is on no heap.
  const core::Result<card::KeyFile> keys = card::KeyFile::read(arguments.keys);
  if (!keys) exit_with(Exit::kFailed, "card issue", keys.error());
  const card::VirtualCard made = or_exit(card::issue(*keys, name_of(arguments)), "card issue");
  or_exit(card::create_card(arguments.out, made), "card issue");
  std::cout << arguments.out << ": " << (arguments.professional ? "professional's key " : "card ")
            << core::masked(made.name.holder.view()) << " of " << made.name.fund.view()
            << ", key version " << made.name.version << '\n';
}

void show(const std::string& path, bool json) {
  const card::VirtualCard card = or_exit(card::read_card(path), "card show");
  const bool is_card = card.name.kind == card::KeyKind::kCard;
  const std::string number = core::masked(card.name.holder.view());
  if (json) {
    std::cout << boost::json::serialize(
                     boost::json::object{{"kind", is_card ? "card" : "professional"},
                                         {"fund", std::string(card.name.fund.view())},
                                         {"number", number},
                                         {"key_version", card.name.version},
                                         {"counter", card.counter}})
              << '\n';
    return;
  }
  std::cout << "kind: " << (is_card ? "card" : "professional's key") << '\n'
            << "fund: " << card.name.fund.view() << '\n'
            << "number: " << number << '\n'
            << "key version: " << card.name.version << '\n'
            << "counter, last used: " << card.counter << '\n';
}

void add_issue(Command parent) {
  const auto arguments = std::make_shared<IssueArguments>();
  Command command = parent.command("issue", "A new card, or a professional's key");
  command.examples(
      "Examples:\n"
      "  wasl card issue --keys keys/CNAS.key --fund CNAS --number 160012345678 --out card.json\n"
      "  wasl card issue --keys keys/CNAS.key --fund CNAS --professional --provider 16-004512 \\\n"
      "    --out professional-CNAS.json");
  command.option("--keys", arguments->keys, "The fund's master key file").required();
  command.option("--fund", arguments->fund, "Code of the fund").required();
  command.option("--key-version", arguments->key_version, "As on the account, from 1")
      .between(std::uint16_t{1}, std::uint16_t{65'535})
      .shows_default();
  command.option("--out", arguments->out, "The file to make; never overwritten").required();
  Option number = command.option("--number", arguments->number, "Of the card");
  Option professional =
      command.flag("--professional", arguments->professional, "A provider's key, not a card");
  Option provider =
      command.option("--provider", arguments->provider, "Id in the provider's certificate");
  professional.needs(provider);
  provider.needs(professional);
  number.excludes(professional);
  command.runs([arguments] {
    if (!arguments->professional && arguments->number.empty()) {
      exit_with(Exit::kFailed, "card issue",
                {core::Errc::kNotFound, "give --number, or --professional with --provider"});
    }
    issue(*arguments);
  });
}

}  // namespace

void add_card_commands(Command parent) {
  Command card = parent.command("card", "Cards that exist as a file");
  card.examples(
      "Examples:\n"
      "  wasl card issue --keys keys/CNAS.key --fund CNAS --number 160012345678 --out card.json\n"
      "  wasl card show card.json                  masked, and never the key");
  card.needs_a_command();
  add_issue(card);
  const auto path = std::make_shared<std::string>();
  const auto json = std::make_shared<bool>(false);
  Command command = card.command("show", "What a card's file holds, but its key");
  command.examples("Examples:\n  wasl card show card.json --json");
  command.option("file", *path, "The card").required();
  command.flag("--json", *json, "One JSON object on stdout");
  command.runs([path, json] { show(*path, *json); });
}

}  // namespace wasl::cli
