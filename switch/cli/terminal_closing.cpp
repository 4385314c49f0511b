// `wasl terminal close-day` and `wasl terminal bordereaux`.

#include <iostream>

#include "card/list_signature.hpp"
#include "cli/bordereau_view.hpp"
#include "cli/closing_list.hpp"
#include "cli/listed_pages.hpp"
#include "cli/read_file.hpp"
#include "cli/receipt.hpp"
#include "cli/terminal_command.hpp"
#include "cli/terminal_print.hpp"

namespace wasl::cli {
namespace {

using Session = std::shared_ptr<TerminalSession>;

constexpr std::string_view kCloseDay = "terminal close-day";
constexpr std::string_view kBordereaux = "terminal bordereaux";
// A hundred thousand claims: no pharmacy's month.
constexpr std::size_t kListBytesMax = std::size_t{4} * 1024 * 1024;

core::FundCode fund_or_exit(const std::string& text, std::string_view command) {
  const auto fund = core::FundCode::make(text);
  if (fund) return *fund;
  exit_with(Exit::kFailed, command, {core::Errc::kMalformed, "--fund is no fund's code"});
}

// What was posted of the pharmacy behind its last closing: what waits at the switch is in it.
std::vector<v1::PostingSet> behind_the_last_of(const std::vector<v1::Bordereau>& closed,
                                               TerminalSession& session, const std::string& fund,
                                               std::string_view command) {
  v1::ListPostings list;
  list.set_fund(fund);
  if (!closed.empty()) list.set_after(closed.back().up_to());
  return all_postings(session, list, command);
}

std::vector<core::ListedClaim> waiting_at_the_switch(TerminalSession& session,
                                                     const std::string& fund) {
  const std::vector<v1::Bordereau> closed = all_bordereaux(session, fund, kCloseDay);
  return waiting_claims(behind_the_last_of(closed, session, fund, kCloseDay));
}

std::vector<core::ListedClaim> own_list(const std::string& path) {
  const std::string text = or_exit(read_file(path, kListBytesMax), kCloseDay);
  auto claims = parse_own_list(text);
  if (!claims) claims.error().context = path + ": " + claims.error().context;
  return or_exit(std::move(claims), kCloseDay);
}

struct Closing {
  std::string fund;
  std::string list;
  std::string signing_key;
};

// A list of several closings is compared as a whole before the first: the switch compares each with
// a part of it only.
void refuse_what_differs(std::span<const core::ListedClaim> waiting,
                         std::span<const core::ListedClaim> listed, core::Language language) {
  if (listed.size() <= core::kClosingClaimsMax) return;
  const std::vector<v1::ListDifference> differing = differences(waiting, listed);
  if (differing.empty()) return;
  std::cerr << "wasl " << kCloseDay
            << ": nothing was closed; the list is not what the switch holds:\n";
  for (const v1::ListDifference& each : differing) {
    std::cerr << "  " << difference_text(each, language) << '\n';
  }
  leave(Exit::kDeclined);
}

// The switch compares a list up to the last claim that it names, so what waits behind that is said
// here.
std::vector<core::ListedClaim> claims_to_close(TerminalSession& session, const Closing& arguments) {
  if (arguments.list.empty()) return waiting_at_the_switch(session, arguments.fund);
  std::vector<core::ListedClaim> listed = own_list(arguments.list);
  const std::vector<core::ListedClaim> waiting = waiting_at_the_switch(session, arguments.fund);
  refuse_what_differs(waiting, listed, language_of(session.config));
  const std::span<const core::ListedClaim> behind = behind_the_list(waiting, listed);
  if (behind.empty()) return listed;
  std::cerr << "wasl " << kCloseDay << ": " << not_listed(behind) << '\n';
  if (listed.empty()) leave(Exit::kDeclined);
  return listed;
}

// Of a closing that was not done, behind others that were: what those come to.
void tell_closed(std::span<const core::ListedClaim> claims, std::size_t closed, bool in_doubt) {
  if (closed == 0) return;
  std::cout << std::flush;
  std::cerr << "wasl " << kCloseDay << ": " << sum_text(claims.first(closed)) << " "
            << (closed == 1 ? "is" : "are") << " closed, the rest is "
            << (in_doubt ? "in doubt or not sent" : "not") << '\n';
}

void close_day(TerminalSession& session, const Closing& arguments) {
  const core::FundCode fund = fund_or_exit(arguments.fund, kCloseDay);
  Terminal& terminal = session.open();
  const std::vector<core::ListedClaim> claims = claims_to_close(session, arguments);
  const std::string& key =
      arguments.signing_key.empty() ? session.config.key : arguments.signing_key;
  if (claims.empty() && !session.config.json) std::cout << "nothing waits to be presented\n";
  std::size_t closed = 0;
  for (core::CloseBordereau& closing : closings_of(fund, claims)) {
    or_exit(card::sign_list(key, terminal.signer("").me, closing), kCloseDay);
    v1::Envelope request = or_exit(closing_request(closing), kCloseDay);
    const core::Result<Ending> ending = terminal.submit(std::move(request));
    if (!ending || ending->exit != Exit::kOk) {
      tell_closed(claims, closed, ending && ending->exit == Exit::kInDoubt);
    }
    leave_with(or_exit(ending, kCloseDay), kCloseDay, session.config);
    closed += closing.count;
  }
}

void add_close_day(Command parent, const Session& session) {
  const auto arguments = std::make_shared<Closing>();
  Command command = parent.command("close-day", "Present the day's claims to a fund, signed");
  command.examples(
      "Examples:\n"
      "  wasl terminal close-day --fund CNAS --config terminal.toml\n"
      "  wasl terminal close-day --fund CNAS --list mine.csv     compare with my own records:\n"
      "                                                          claim_id,insurer_cents\n"
      "Exit code: 0 closed, 2 the lists differ or the key is not the registered one, 5 in doubt\n"
      "More than 100 claims are closed in several steps: if one of them fails, stderr says what "
      "is\n"
      "closed.\n"
      "What waits behind the last claim of FILE is named on stderr, and waits on.");
  command.option("--fund", arguments->fund, "The fund").required();
  command.option("--list", arguments->list, "CSV of what is presented; default: what waits");
  command.option("--signing-key", arguments->signing_key,
                 "The registered P-256 key (PEM); default: the certificate's");
  command.runs([arguments, session] { close_day(*session, *arguments); });
}

struct Shown {
  std::string fund;
  std::uint32_t number = 0;
  bool csv = false;
};

void show_bordereaux(TerminalSession& session, const Shown& arguments) {
  const Format format = format_of(session.config.json, arguments.csv);
  if (arguments.number == 0) {
    const std::vector<v1::Bordereau> closed = all_bordereaux(session, arguments.fund, kBordereaux);
    std::cout << bordereaux(closed, format);
    if (format != Format::kText) return;
    std::cout << waiting_reminder(behind_the_last_of(closed, session, arguments.fund, kBordereaux),
                                  arguments.fund);
    return;
  }
  v1::GetBordereau which;
  which.set_fund(arguments.fund);
  which.set_number(arguments.number);
  const std::optional<v1::Bordereau> found = find_bordereau(session, which, kBordereaux);
  if (!found) {
    exit_with(Exit::kFailed, kBordereaux, {core::Errc::kNotFound, "there is no such bordereau"});
  }
  std::cout << bordereau(*found, format, language_of(session.config));
}

void add_bordereaux(Command parent, const Session& session) {
  const auto arguments = std::make_shared<Shown>();
  Command command = parent.command("bordereaux",
                                   "What was presented, what was accepted of it, and "
                                   "until when it is to be paid");
  command.examples(
      "Examples:\n"
      "  wasl terminal bordereaux --fund CNAS\n"
      "  wasl terminal bordereaux --fund CNAS --number 12        its claims\n"
      "  wasl terminal bordereaux --fund CNAS --csv > bordereaux.csv");
  command.option("--fund", arguments->fund, "The fund").required();
  command.option("--number", arguments->number, "One bordereau, with its claims");
  command.flag("--csv", arguments->csv, "CSV with a header line, amounts in centimes");
  command.runs([arguments, session] { show_bordereaux(*session, *arguments); });
}

}  // namespace

void add_terminal_closing(Command parent, const std::shared_ptr<TerminalSession>& session) {
  add_close_day(parent, session);
  add_bordereaux(parent, session);
}

}  // namespace wasl::cli
