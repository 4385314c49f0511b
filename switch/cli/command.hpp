#pragma once
// Commands and their options, as each command declares its own. CLI11 parses; only command.cpp
// includes it, because every file that does takes half a minute to compile. A Command and an
// Option are references into the command line that run_words() or run_line() builds, and end with
// it. A variable that an option fills outlives it: what runs shares it.

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the library is named so.
class App;
class Option;
}  // namespace CLI

namespace wasl::cli {

class Option {
 public:
  Option required();
  // The help shows the value that stands in the variable now.
  Option shows_default();
  // Both ends included.
  template <typename T>
  Option between(T low, T high);
  Option positive();
  Option one_of(std::vector<std::string> words);
  // `fault` says what is wrong with a typed value, nothing if it is right.
  Option checked(std::function<std::string(const std::string& value)> fault);
  // One value each time it is typed, instead of all that follow.
  Option one_each_time();
  Option excludes(Option other);
  Option needs(Option other);

 private:
  friend class Command;
  explicit Option(CLI::Option* option) : option_(option) {}

  CLI::Option* option_;
};

class Command {
 public:
  explicit Command(CLI::App& app) : app_(&app) {}

  // A command behind this one.
  Command command(std::string name, std::string help);
  // To type it without one of its commands is a mistake.
  void needs_a_command();
  // Its options may also stand behind the name of one of its commands.
  void shares_options();
  // The text before its help; in a dialogue it stands behind.
  void examples(std::string text);
  // Called when all words are right; leaves by exit.hpp if it fails.
  void runs(std::function<void()> what);

  // `name` is --name, or a bare name for a value that is told by its place. The types are those
  // that command.cpp names.
  template <typename T>
  Option option(std::string name, T& value, std::string help);
  // Without a variable: typed() has it.
  Option option(std::string name, std::string help);
  Option flag(std::string name, bool& value, std::string help);
  // A word of `choices`, or the number that it stands for.
  template <typename T>
  Option choice(std::string name, T& value, const std::map<std::string, T>& choices,
                std::string help) {
    std::map<std::string, int> numbers;
    for (const auto& [word, each] : choices) numbers.emplace(word, static_cast<int>(each));
    const auto take = [&value](int number) { value = static_cast<T>(number); };
    return choice_of_number(std::move(name), take, std::move(numbers), std::move(help));
  }
  // Options of which exactly one must be typed; `title` stands above them in the help.
  Command exactly_one(std::string title);
  // An option that prints `text` and ends.
  void version(std::string name, std::function<std::string()> text, const std::string& help);

  // The values typed for this command's option `name`, of which there is one; none: not typed.
  [[nodiscard]] std::vector<std::string> typed(const std::string& name) const;

 private:
  Option choice_of_number(std::string name, std::function<void(int)> take,
                          std::map<std::string, int> numbers, std::string help);

  CLI::App* app_;
};

using AddCommands = std::function<void(Command parent)>;

// Runs the command of `wasl` that `words` name, among those that `add` adds, and returns the exit
// code: the one that it left with, kOk after help. Words that are wrong give kFailed and one line
// on stderr with the nearest known word. Output that stdout did not take whole makes kOk kFailed,
// with a line on stderr: what the command did is done all the same. Never throws.
[[nodiscard]] int run_words(const AddCommands& add, std::vector<std::string> words);

// The same for a line of a dialogue, in which an error ends the command alone: its exit code, or
// what is wrong with the words, is one more line on stderr. Whether stdout took the output shows
// at the dialogue's end.
int run_line(const AddCommands& add, const std::string& line);

}  // namespace wasl::cli
