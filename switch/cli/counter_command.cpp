#include "cli/counter_command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "cli/bordereau_view.hpp"
#include "cli/counter_shell.hpp"
#include "cli/counter_view.hpp"
#include "cli/listed_pages.hpp"
#include "cli/review_verdicts.hpp"
#include "cli/review_words.hpp"
#include "cli/terminal_command.hpp"
#include "cli/terminal_print.hpp"

namespace wasl::cli {
namespace {

using Session = std::shared_ptr<TerminalSession>;
using Verdict = v1::ReviewVerdict;

void add_pending(CLI::App& app, const Session& session) {
  const auto csv = std::make_shared<bool>(false);
  CLI::App& command =
      *app.add_subcommand("pending", "What waits for a decision, the most urgent first");
  command.footer(
      "Examples:\n"
      "  wasl counter pending --config counter.toml\n"
      "  wasl counter pending --config counter.toml --csv > pending.csv");
  command.add_flag("--csv", *csv, "CSV with a header line on stdout, amounts in centimes");
  command.callback([session, csv] {
    const std::vector<v1::OpenReview> reviews = all_reviews(*session, "counter pending");
    std::cout << pending(reviews, review_day(), format_of(session->config.json, *csv));
  });
}

struct BordereauName {
  std::string provider;
  std::string fund;
  std::uint32_t number = 0;
};

void add_name(CLI::App& command, BordereauName& name) {
  command.add_option("--provider", name.provider, "The pharmacy, as in 16-004512")->required();
  command.add_option("--fund", name.fund, "The fund")->required();
  command.add_option("--number", name.number, "The bordereau's number")->required();
}

v1::Bordereau bordereau_or_exit(TerminalSession& session, const v1::ReviewBordereau& review,
                                std::string_view command) {
  std::optional<v1::Bordereau> found = find_bordereau(session, bordereau_of(review), command);
  if (found) return std::move(*found);
  exit_with(Exit::kFailed, command,
            {core::Errc::kNotFound, "there is no such bordereau that you review"});
}

void add_show(CLI::App& app, const Session& session) {
  struct Arguments {
    BordereauName name;
    bool csv = false;
  };
  const auto arguments = std::make_shared<Arguments>();
  CLI::App& command = *app.add_subcommand("show", "A bordereau with its claims");
  command.footer(
      "Examples:\n"
      "  wasl counter show --provider 16-004512 --fund CNAS --number 3\n"
      "  wasl counter show --provider 16-004512 --fund CNAS --number 3 --lang ar");
  add_name(command, arguments->name);
  command.add_flag("--csv", arguments->csv, "CSV of its claims, amounts in centimes");
  command.callback([session, arguments] {
    const auto& [provider, fund, number] = arguments->name;
    const v1::Bordereau found =
        bordereau_or_exit(*session, review_of(provider, fund, number), "counter show");
    std::cout << bordereau(found, format_of(session->config.json, arguments->csv),
                           language_of(session->config));
  });
}

// Before what is final a person at a keyboard sees what it comes to, and agrees.
void ask_first(TerminalSession& session, const v1::ReviewBordereau& review,
               std::string_view command) {
  std::cout << summary(review, bordereau_or_exit(session, review, command),
                       language_of(session.config));
  if (agreed("This is final. Send it? (y/n) ", std::cin, std::cout)) return;
  std::cout << "nothing was sent\n";
  throw CLI::RuntimeError(static_cast<int>(Exit::kFailed));
}

void send(TerminalSession& session, const v1::ReviewBordereau& review, bool yes,
          std::string_view command) {
  Terminal& terminal = session.open();
  v1::Envelope request = or_exit(review_request(review, terminal.signer("").me), command);
  const bool asks = !yes && is_final(review) && ::isatty(STDIN_FILENO) == 1;
  if (asks) ask_first(session, review, command);
  leave_with(or_exit(terminal.submit(std::move(request)), command), command, session.config);
}

void add_verdict(const Verdict& verdict, v1::ReviewBordereau& review, std::string_view command) {
  if (verdict_on(review, verdict.claim_id()) != nullptr) {
    exit_with(Exit::kFailed, command,
              {core::Errc::kMalformed, fmt::format("claim {} is named twice", verdict.claim_id())});
  }
  set_verdict(verdict, review);
}

// One verdict on each of the claims.
struct Judgement {
  BordereauName name;
  std::vector<std::uint64_t> claims;
  bool all = false;  // Accepts every claim that is presented.
  bool yes = false;
  std::string reason;
  std::string until;
  std::string owner;
};

void judge(TerminalSession& session, const Judgement& given, Verdict verdict,
           std::string_view command) {
  v1::ReviewBordereau review = review_of(given.name.provider, given.name.fund, given.name.number);
  review.set_accept_rest(given.all);
  if (!given.reason.empty())
    verdict.set_reason(or_exit(parse_review_reason(given.reason), command));
  if (!given.owner.empty()) verdict.set_owner(or_exit(parse_step_owner(given.owner), command));
  verdict.set_until(given.until);
  for (const std::uint64_t claim : given.claims) {
    verdict.set_claim_id(claim);
    add_verdict(verdict, review, command);
  }
  send(session, review, given.yes, command);
}

void add_yes(CLI::App& command, bool& yes) {
  command.add_flag("--yes", yes, "Do not ask first; without a keyboard nothing is asked");
}

void add_accept(CLI::App& app, const Session& session) {
  const auto given = std::make_shared<Judgement>();
  CLI::App& command = *app.add_subcommand("accept", "Accept claims: the fund owes them. Final");
  command.footer(
      "Examples:\n"
      "  wasl counter accept --provider 16-004512 --fund CNAS --number 3 --all\n"
      "  wasl counter accept --provider 16-004512 --fund CNAS --number 3 --claim 70 71\n"
      "Exit code: 0 done, 2 declined and nothing changed, 5 in doubt");
  add_name(command, given->name);
  CLI::App& which = *command.add_option_group("which claims");
  which.add_flag("--all", given->all, "All that are presented; held ones stay held");
  which.add_option("--claim", given->claims, "Claim ids, presented or held");
  which.require_option(1);
  add_yes(command, given->yes);
  command.callback([session, given] { judge(*session, *given, accepting(0), "counter accept"); });
}

void add_reject(CLI::App& app, const Session& session) {
  const auto given = std::make_shared<Judgement>();
  CLI::App& command =
      *app.add_subcommand("reject", "Reject claims: the pharmacy may correct them. Final");
  command.footer(
      "Examples:\n"
      "  wasl counter reject --provider 16-004512 --fund CNAS --number 3 \\\n"
      "    --claim 71 --reason WRONG_TARIF\n"
      "Exit code: 0 done, 2 declined and nothing changed, 5 in doubt");
  add_name(command, given->name);
  command.add_option("--claim", given->claims, "Claim ids, presented or held")->required();
  command.add_option("--reason", given->reason, "Why; wasl counter reasons")->required();
  add_yes(command, given->yes);
  command.callback([session, given] {
    Verdict verdict;
    verdict.set_verdict(Verdict::REJECT);
    judge(*session, *given, verdict, "counter reject");
  });
}

void add_hold(CLI::App& app, const Session& session) {
  const auto given = std::make_shared<Judgement>();
  CLI::App& command = *app.add_subcommand("hold", "Hold claims until something has come");
  command.footer(
      "Examples:\n"
      "  wasl counter hold --provider 16-004512 --fund CNAS --number 3 --claim 72 \\\n"
      "    --reason MISSING_PRESCRIPTION --until 2026-03-20 --owner PROVIDER\n"
      "Exit code: 0 done, 2 declined and nothing changed, 5 in doubt");
  add_name(command, given->name);
  command.add_option("--claim", given->claims, "Claim ids, presented")->required();
  command.add_option("--reason", given->reason, "Why; wasl counter reasons")->required();
  command.add_option("--until", given->until, "YYYY-MM-DD, at most 30 days ahead")->required();
  command.add_option("--owner", given->owner, "Who owes the next step: PROVIDER, CENTRE or FUND")
      ->required();
  command.callback([session, given] {
    Verdict verdict;
    verdict.set_verdict(Verdict::HOLD);
    judge(*session, *given, verdict, "counter hold");
  });
}

// Verdicts of every kind in one request.
struct Mixed {
  BordereauName name;
  std::vector<std::uint64_t> accepted;
  std::vector<std::string> rejected;
  std::vector<std::string> held;
  bool accept_rest = false;
  bool yes = false;
};

void review(TerminalSession& session, const Mixed& given) {
  constexpr std::string_view kReview = "counter review";
  v1::ReviewBordereau made = review_of(given.name.provider, given.name.fund, given.name.number);
  made.set_accept_rest(given.accept_rest);
  for (const std::uint64_t claim : given.accepted) add_verdict(accepting(claim), made, kReview);
  for (const std::string& each : given.rejected) {
    add_verdict(or_exit(parse_rejection(each), kReview), made, kReview);
  }
  for (const std::string& each : given.held) {
    add_verdict(or_exit(parse_hold(each), kReview), made, kReview);
  }
  send(session, made, given.yes, kReview);
}

void add_review(CLI::App& app, const Session& session) {
  const auto given = std::make_shared<Mixed>();
  CLI::App& command =
      *app.add_subcommand("review", "Accept, reject and hold claims of a bordereau in one step");
  command.footer(
      "Examples:\n"
      "  wasl counter review --provider 16-004512 --fund CNAS --number 3 \\\n"
      "    --reject 71=WRONG_TARIF --accept-rest\n"
      "  wasl counter review --provider 16-004512 --fund CNAS --number 3 --accept 70 \\\n"
      "    --hold 72=MISSING_PRESCRIPTION:2026-03-20:PROVIDER\n"
      "Exit code: 0 done, 2 declined and nothing changed, 5 in doubt");
  add_name(command, given->name);
  command.add_option("--accept", given->accepted, "Claim ids, presented or held");
  command.add_option("--reject", given->rejected, "ID=REASON, of claims presented or held");
  command.add_option("--hold", given->held, "ID=REASON:YYYY-MM-DD:OWNER, of claims presented");
  command.add_flag("--accept-rest", given->accept_rest,
                   "Accept every presented claim that is not named");
  add_yes(command, given->yes);
  command.callback([session, given] { review(*session, *given); });
}

void add_reasons(CLI::App& app, const Session& session) {
  CLI::App& command = *app.add_subcommand("reasons", "Why a claim is rejected or held: the table");
  command.footer(
      "Examples:\n"
      "  wasl counter reasons --lang fr\n"
      "  wasl counter reasons --json            in all languages");
  command.callback([session] {
    or_exit(complete(*session->options, session->config), "counter reasons");
    std::cout << review_reasons(language_of(session->config), session->config.json);
  });
}

}  // namespace

void add_counter_commands(CLI::App& app) {
  const auto session = std::make_shared<TerminalSession>();
  CLI::App& counter =
      *app.add_subcommand("counter", "A payment centre: bordereaux, refunds, accounts");
  counter.footer(
      "Examples:\n"
      "  wasl counter shell --config counter.toml           the day's work, step by step\n"
      "  wasl counter pending --config counter.toml         what waits, the most urgent first\n"
      "  wasl counter review --config counter.toml --provider 16-004512 --fund CNAS --number 3 \\\n"
      "    --reject 71=WRONG_TARIF --accept-rest            accept all but one\n"
      "counter.toml has the keys of terminal.toml (wasl terminal --help); its certificate is an\n"
      "operator's: wasl pki issue --uri urn:wasl:operator:centre:16-01:042 --dir pki\n"
      "After exit code 5: wasl terminal recover --config counter.toml");
  counter.require_subcommand(1);
  counter.fallthrough();  // The shared options may stand behind the command too.
  session->options = &counter;
  add_terminal_options(counter, session->config);
  add_pending(counter, session);
  add_show(counter, session);
  add_accept(counter, session);
  add_reject(counter, session);
  add_hold(counter, session);
  add_review(counter, session);
  add_reasons(counter, session);
  add_counter_refund(counter, session);
  add_counter_payout(counter, session);
  add_counter_shell(counter, session);
}

}  // namespace wasl::cli
