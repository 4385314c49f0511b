#include "cli/counter_command.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "cli/agreement.hpp"
#include "cli/bordereau_view.hpp"
#include "cli/counter_view.hpp"
#include "cli/lateness.hpp"
#include "cli/listed_pages.hpp"
#include "cli/review_verdicts.hpp"
#include "cli/review_words.hpp"
#include "cli/terminal_command.hpp"
#include "cli/terminal_print.hpp"

namespace wasl::cli {
namespace {

using Session = std::shared_ptr<TerminalSession>;
using Verdict = v1::ReviewVerdict;

void add_pending(Command parent, const Session& session) {
  const auto csv = std::make_shared<bool>(false);
  Command command = parent.command(
      "pending", "What waits for a decision or a second person, the most urgent first");
  command.examples(
      "Examples:\n"
      "  wasl counter pending --config counter.toml\n"
      "  wasl counter pending --config counter.toml --csv > pending.csv");
  command.flag("--csv", *csv, "CSV of the bordereaux with a header line, amounts in centimes");
  command.runs([session, csv] {
    constexpr std::string_view kPending = "counter pending";
    const PendingWork work = *csv ? PendingWork{.reviews = all_reviews(*session, kPending),
                                                .changes = {},
                                                .agreements = {}}
                                  : all_pending(*session, kPending);
    std::cout << pending(work, utc_today(), format_of(session->config.json, *csv));
  });
}

struct BordereauName {
  std::string provider;
  std::string fund;
  std::uint32_t number = 0;
};

void add_name(Command command, BordereauName& name) {
  command.option("--provider", name.provider, "The pharmacy, as in 16-004512").required();
  command.option("--fund", name.fund, "The fund").required();
  command.option("--number", name.number, "The bordereau's number").required();
}

v1::Bordereau bordereau_or_exit(TerminalSession& session, const v1::ReviewBordereau& review,
                                std::string_view command) {
  std::optional<v1::Bordereau> found = find_bordereau(session, bordereau_of(review), command);
  if (found) return std::move(*found);
  exit_with(Exit::kFailed, command,
            {core::Errc::kNotFound, "there is no such bordereau that you review"});
}

void add_show(Command parent, const Session& session) {
  struct Arguments {
    BordereauName name;
    bool csv = false;
  };
  const auto arguments = std::make_shared<Arguments>();
  Command command = parent.command("show", "A bordereau with its claims");
  command.examples(
      "Examples:\n"
      "  wasl counter show --provider 16-004512 --fund CNAS --number 3\n"
      "  wasl counter show --provider 16-004512 --fund CNAS --number 3 --lang ar");
  add_name(command, arguments->name);
  command.flag("--csv", arguments->csv, "CSV of its claims, amounts in centimes");
  command.runs([session, arguments] {
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
  agree_or_leave(
      summary(review, bordereau_or_exit(session, review, command), language_of(session.config)),
      "This is final. Send it? (y/n) ");
}

void send(TerminalSession& session, const v1::ReviewBordereau& review, bool yes,
          std::string_view command) {
  Terminal& terminal = session.open();
  v1::Envelope request = or_exit(review_request(review, terminal.signer("").me), command);
  if (is_final(review) && asks_first(yes)) ask_first(session, review, command);
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

void add_yes(Command command, bool& yes) {
  command.flag("--yes", yes, "Do not ask first; where stdin is no terminal nothing is asked");
}

void add_accept(Command parent, const Session& session) {
  const auto given = std::make_shared<Judgement>();
  Command command = parent.command("accept", "Accept claims: the fund owes them. Final");
  command.examples(
      "Examples:\n"
      "  wasl counter accept --provider 16-004512 --fund CNAS --number 3 --all\n"
      "  wasl counter accept --provider 16-004512 --fund CNAS --number 3 --claim 70 71\n"
      "Exit code: 0 done, 2 declined and nothing changed, 5 in doubt");
  add_name(command, given->name);
  Command which = command.exactly_one("which claims");
  which.flag("--all", given->all, "All that are presented; held ones stay held");
  which.option("--claim", given->claims, "Claim ids, presented or held");
  add_yes(command, given->yes);
  command.runs([session, given] { judge(*session, *given, accepting(0), "counter accept"); });
}

void add_reject(Command parent, const Session& session) {
  const auto given = std::make_shared<Judgement>();
  Command command = parent.command("reject", "Reject claims: the pharmacy may correct them. Final");
  command.examples(
      "Examples:\n"
      "  wasl counter reject --provider 16-004512 --fund CNAS --number 3 \\\n"
      "    --claim 71 --reason WRONG_TARIF\n"
      "Exit code: 0 done, 2 declined and nothing changed, 5 in doubt");
  add_name(command, given->name);
  command.option("--claim", given->claims, "Claim ids, presented or held").required();
  command.option("--reason", given->reason, "Why; wasl counter reasons").required();
  add_yes(command, given->yes);
  command.runs([session, given] {
    Verdict verdict;
    verdict.set_verdict(Verdict::REJECT);
    judge(*session, *given, verdict, "counter reject");
  });
}

void add_hold(Command parent, const Session& session) {
  const auto given = std::make_shared<Judgement>();
  Command command = parent.command("hold", "Hold claims until something has come");
  command.examples(
      "Examples:\n"
      "  wasl counter hold --provider 16-004512 --fund CNAS --number 3 --claim 72 \\\n"
      "    --reason MISSING_PRESCRIPTION --until 2026-03-20 --owner PROVIDER\n"
      "Exit code: 0 done, 2 declined and nothing changed, 5 in doubt");
  add_name(command, given->name);
  command.option("--claim", given->claims, "Claim ids, presented").required();
  command.option("--reason", given->reason, "Why; wasl counter reasons").required();
  command.option("--until", given->until, "YYYY-MM-DD, at most 30 days ahead").required();
  command.option("--owner", given->owner, "Who owes the next step: PROVIDER, CENTRE or FUND")
      .required();
  command.runs([session, given] {
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

void add_review(Command parent, const Session& session) {
  const auto given = std::make_shared<Mixed>();
  Command command =
      parent.command("review", "Accept, reject and hold claims of a bordereau in one step");
  command.examples(
      "Examples:\n"
      "  wasl counter review --provider 16-004512 --fund CNAS --number 3 \\\n"
      "    --reject 71=WRONG_TARIF --accept-rest\n"
      "  wasl counter review --provider 16-004512 --fund CNAS --number 3 --accept 70 \\\n"
      "    --hold 72=MISSING_PRESCRIPTION:2026-03-20:PROVIDER\n"
      "Exit code: 0 done, 2 declined and nothing changed, 5 in doubt");
  add_name(command, given->name);
  command.option("--accept", given->accepted, "Claim ids, presented or held");
  command.option("--reject", given->rejected, "ID=REASON, of claims presented or held");
  command.option("--hold", given->held, "ID=REASON:YYYY-MM-DD:OWNER, of claims presented");
  command.flag("--accept-rest", given->accept_rest,
               "Accept every presented claim that is not named");
  add_yes(command, given->yes);
  command.runs([session, given] { review(*session, *given); });
}

void add_reasons(Command parent, const Session& session) {
  Command command =
      parent.command("reasons", "Why a claim is rejected, held or reduced: the table");
  command.examples(
      "Examples:\n"
      "  wasl counter reasons --lang fr\n"
      "  wasl counter reasons --json            in all languages");
  command.runs([session] {
    or_exit(complete(*session->options, session->config), "counter reasons");
    std::cout << review_reasons(language_of(session->config), session->config.json);
  });
}

}  // namespace

void add_counter_commands(Command parent) {
  const auto session = std::make_shared<TerminalSession>();
  Command counter = parent.command("counter", "A payment centre: bordereaux, refunds, accounts");
  counter.examples(
      "Examples:\n"
      "  wasl counter shell --config counter.toml           the day's work, step by step\n"
      "  wasl counter pending --config counter.toml         what waits, the most urgent first\n"
      "  wasl counter review --config counter.toml --provider 16-004512 --fund CNAS --number 3 \\\n"
      "    --reject 71=WRONG_TARIF --accept-rest            accept all but one\n"
      "counter.toml has the keys of terminal.toml (wasl terminal --help); its certificate is an\n"
      "operator's: wasl pki issue --uri urn:wasl:operator:centre:16-01:042 --dir pki\n"
      "After exit code 5: wasl terminal recover --config counter.toml");
  counter.needs_a_command();
  counter.shares_options();
  session->options = counter;
  add_terminal_options(counter, session->config);
  add_pending(counter, session);
  add_show(counter, session);
  add_accept(counter, session);
  add_reject(counter, session);
  add_hold(counter, session);
  add_review(counter, session);
  add_reasons(counter, session);
  add_counter_reduce(counter, session);
  add_counter_refund(counter, session);
  add_counter_payout(counter, session);
  add_counter_shell(counter, session);
}

}  // namespace wasl::cli
