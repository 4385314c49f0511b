#include "cli/explain_command.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "cli/typed_name.hpp"
#include "core/nearest.hpp"
#include "core/reason.hpp"

namespace wasl::cli {
namespace {

struct ExplainOptions {
  std::string reason;
  std::string language = "en";
  bool json = false;
};

// By name in any case, with or without underscores as dashes, or by number.
std::optional<core::Reason> find_reason(const std::string& given) {
  unsigned number = 0;
  const char* const end = given.data() + given.size();
  if (std::from_chars(given.data(), end, number).ptr == end && number <= 255) {
    return core::reason_numbered(static_cast<std::uint8_t>(number));
  }
  return core::reason_named(typed_name(given));
}

std::string language_fault(const std::string& given) {
  const bool known = given == "ar" || given == "fr" || given == "en";
  return known ? "" : given + " is none of ar, fr, en";
}

core::Language language_named(std::string_view name) {
  if (name == "ar") return core::Language::kArabic;
  return name == "fr" ? core::Language::kFrench : core::Language::kEnglish;
}

boost::json::object json_of(const core::ReasonEntry& entry) {
  const core::RemedyEntry& remedy = core::entry(entry.remedy);
  const auto texts = [](const core::Text& text) {
    return boost::json::object{{"ar", text.arabic}, {"fr", text.french}, {"en", text.english}};
  };
  return {{"number", static_cast<unsigned>(entry.reason)},
          {"name", entry.name},
          {"meaning", texts(entry.meaning)},
          {"remedy", remedy.name},
          {"advice", texts(remedy.advice)}};
}

void print(const core::ReasonEntry& entry, core::Language language) {
  const core::RemedyEntry& remedy = core::entry(entry.remedy);
  std::cout << static_cast<unsigned>(entry.reason) << "  " << entry.name << '\n'
            << "    " << entry.meaning.in(language) << '\n'
            << "    " << remedy.name << ": " << remedy.advice.in(language) << '\n';
}

[[noreturn]] void unknown(const std::string& reason) {
  std::vector<std::string> names;
  for (const core::ReasonEntry& entry : core::reasons()) names.emplace_back(entry.name);
  const std::string near = core::nearest(typed_name(reason), names);
  exit_with(Exit::kFailed, "explain",
            {core::Errc::kNotFound,
             "there is no reason '" + reason + "'; " +
                 (near.empty() ? "`wasl explain` lists them all" : "did you mean " + near + "?")});
}

void run(const ExplainOptions& options) {
  std::vector<const core::ReasonEntry*> wanted;
  if (options.reason.empty()) {
    for (const core::ReasonEntry& entry : core::reasons()) wanted.push_back(&entry);
  } else {
    const std::optional<core::Reason> reason = find_reason(options.reason);
    if (!reason) unknown(options.reason);
    wanted.push_back(&core::entry(*reason));
  }
  boost::json::array array;
  for (const core::ReasonEntry* entry : wanted) {
    if (options.json) {
      array.push_back(json_of(*entry));
    } else {
      print(*entry, language_named(options.language));
    }
  }
  if (options.json) std::cout << boost::json::serialize(array) << '\n';
}

}  // namespace

void add_explain_command(Command parent) {
  const auto options = std::make_shared<ExplainOptions>();
  Command command = parent.command("explain", "What a reason means, and what to do");
  command.examples(
      "Examples:\n"
      "  wasl explain                              all reasons\n"
      "  wasl explain REFILL_TOO_SOON --lang ar    one, in Arabic\n"
      "  wasl explain 48 --json                    by its number, all languages");
  command.option("reason", options->reason, "Name or number; none: all");
  command.option("--lang", options->language, "ar, fr or en").checked(language_fault);
  command.flag("--json", options->json, "One JSON array on stdout");
  command.runs([options] { run(*options); });
}

}  // namespace wasl::cli
