#include "cli/command.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <exception>
#include <iostream>
#include <memory>
#include <optional>

#include "cli/exit.hpp"
#include "core/nearest.hpp"

namespace wasl::cli {
namespace {

// People read examples before the list of options.
class ExamplesFirst : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override {
    std::string examples = app->get_footer();
    if (!examples.empty()) examples.append("\n\n");
    return examples + CLI::Formatter::make_help(app, std::move(name), mode);
  }
  std::string make_footer(const CLI::App*) const override { return {}; }
};

// The command that was being parsed when it failed: the deepest one named.
const CLI::App& deepest(const CLI::App& app) {
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
  return *at;
}

std::string path_of(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  return parent == nullptr ? app.get_name() : path_of(*parent) + " " + app.get_name();
}

std::vector<std::string> known_words(const CLI::App& app) {
  std::vector<std::string> words;
  for (const CLI::App* command : app.get_subcommands({})) words.push_back(command->get_name());
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
  }
  return words;
}

// What is wrong, and the nearest known word or, if there is none, `help`.
std::string fault_of(const CLI::App& app, const CLI::ParseError& error, const std::string& help) {
  const std::vector<std::string> unknown = app.remaining(true);
  if (unknown.empty()) return std::string(error.what()) + "; " + help;
  const std::string near = core::nearest(unknown.front(), known_words(deepest(app)));
  return "unknown word " + unknown.front() + "; " +
         (near.empty() ? help : "did you mean " + near + "?");
}

// In one line.
void explain(const CLI::App& app, const CLI::ParseError& error) {
  const std::string path = path_of(deepest(app));
  std::cerr << path << ": " << fault_of(app, error, "see " + path + " --help") << '\n';
}

int run_parsed(const AddCommands& add, std::vector<std::string> words) {
  CLI::App app{"Wasl: the switch of a health-card payment network", "wasl"};
  try {
    app.formatter(std::make_shared<ExamplesFirst>());
    add(Command(app));
    std::ranges::reverse(words);  // The parser takes them from the end.
    app.parse(std::move(words));
    return static_cast<int>(Exit::kOk);
  } catch (const Leaving& left) {
    return left.code;
  } catch (const CLI::Success& success) {  // --help and the like.
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    explain(app, error);
    return static_cast<int>(Exit::kFailed);
  } catch (const std::exception& error) {
    std::cerr << "wasl: " << error.what() << '\n';
    return static_cast<int>(Exit::kFailed);
  }
}

}  // namespace

Option Option::required() {
  option_->required();
  return *this;
}

Option Option::shows_default() {
  option_->capture_default_str();
  return *this;
}

template <typename T>
Option Option::between(T low, T high) {
  option_->check(CLI::Range(low, high));
  return *this;
}
template Option Option::between(int, int);
template Option Option::between(std::uint16_t, std::uint16_t);
template Option Option::between(std::uint32_t, std::uint32_t);
template Option Option::between(std::uint64_t, std::uint64_t);
template Option Option::between(double, double);

Option Option::positive() {
  option_->check(CLI::PositiveNumber);
  return *this;
}

Option Option::one_of(std::vector<std::string> words) {
  option_->check(CLI::IsMember(std::move(words)));
  return *this;
}

Option Option::checked(std::function<std::string(const std::string&)> fault) {
  option_->check(std::move(fault));
  return *this;
}

Option Option::one_each_time() {
  option_->expected(1)->take_all()->allow_extra_args(false);
  return *this;
}

Option Option::excludes(Option other) {
  option_->excludes(other.option_);
  return *this;
}

Option Option::needs(Option other) {
  option_->needs(other.option_);
  return *this;
}

Command Command::command(std::string name, std::string help) {
  CLI::App& command = *app_->add_subcommand(std::move(name), std::move(help));
  command.footer("");  // It would begin with the examples of the command that it stands behind.
  return Command(command);
}

void Command::needs_a_command() { app_->require_subcommand(1); }

void Command::shares_options() { app_->fallthrough(); }

void Command::examples(std::string text) { app_->footer(std::move(text)); }

void Command::runs(std::function<void()> what) { app_->callback(std::move(what)); }

template <typename T>
Option Command::option(std::string name, T& value, std::string help) {
  return Option(app_->add_option(std::move(name), value, std::move(help)));
}
template Option Command::option(std::string, std::string&, std::string);
template Option Command::option(std::string, std::vector<std::string>&, std::string);
template Option Command::option(std::string, std::vector<std::uint64_t>&, std::string);
template Option Command::option(std::string, int&, std::string);
template Option Command::option(std::string, std::uint16_t&, std::string);
template Option Command::option(std::string, std::uint32_t&, std::string);
template Option Command::option(std::string, std::uint64_t&, std::string);
template Option Command::option(std::string, double&, std::string);
template Option Command::option(std::string, std::optional<std::int64_t>&, std::string);
template Option Command::option(std::string, std::optional<std::uint32_t>&, std::string);
template Option Command::option(std::string, std::optional<double>&, std::string);

Option Command::option(std::string name, std::string help) {
  return Option(app_->add_option(std::move(name), CLI::callback_t(), std::move(help)));
}

Option Command::flag(std::string name, bool& value, std::string help) {
  return Option(app_->add_flag(std::move(name), value, std::move(help)));
}

Option Command::choice_of_number(std::string name, std::function<void(int)> take,
                                 std::map<std::string, int> numbers, std::string help) {
  const auto take_number = [take = std::move(take)](const int& number) { take(number); };
  CLI::Option* const option =
      app_->add_option_function<int>(std::move(name), take_number, std::move(help));
  option->type_name("ENUM")->transform(CLI::CheckedTransformer(std::move(numbers)));
  return Option(option);
}

Command Command::exactly_one(std::string title) {
  CLI::App& group = *app_->add_option_group(std::move(title));
  group.require_option(1);
  return Command(group);
}

void Command::version(std::string name, std::function<std::string()> text,
                      const std::string& help) {
  app_->set_version_flag(std::move(name), std::move(text), help);
}

std::vector<std::string> Command::typed(const std::string& name) const {
  return app_->get_option(name)->results();
}

int run_words(const AddCommands& add, std::vector<std::string> words) {
  const int code = run_parsed(add, std::move(words));
  if (std::cout.flush()) return code;
  std::cerr << "wasl: the output could not be written whole; what was done is done\n";
  return code == static_cast<int>(Exit::kOk) ? static_cast<int>(Exit::kFailed) : code;
}

int run_line(const AddCommands& add, const std::string& line) {
  CLI::App app{"Commands of this dialogue; quit ends it", ""};
  app.require_subcommand(1);
  add(Command(app));
  try {
    app.parse(line);
    return static_cast<int>(Exit::kOk);
  } catch (const Leaving& left) {
    // Its line stands on stderr already.
    std::cerr << "exit code " << left.code << '\n';
    return left.code;
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    std::cerr << fault_of(app, error, "help lists the commands") << '\n';
    return static_cast<int>(Exit::kFailed);
  }
}

}  // namespace wasl::cli
