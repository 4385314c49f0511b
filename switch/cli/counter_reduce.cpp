// `wasl counter reduce`: the fund pays less of a claim that was accepted.

#include "cli/agreement.hpp"
#include "cli/counter_command.hpp"
#include "cli/format.hpp"
#include "cli/listed_pages.hpp"
#include "cli/reduction.hpp"
#include "cli/review_verdicts.hpp"
#include "cli/review_words.hpp"
#include "cli/terminal_print.hpp"

namespace wasl::cli {
namespace {

constexpr std::string_view kReduce = "counter reduce";

struct Arguments {
  std::string provider;
  std::string fund;
  std::uint32_t number = 0;
  std::uint64_t claim = 0;
  std::string amount;
  std::string reason;
  bool yes = false;
};

v1::ReduceClaim reduction_of(const Arguments& given) {
  v1::ReduceClaim reduction;
  reduction.set_fund(given.fund);
  reduction.mutable_provider()->set_role(v1::PROVIDER);
  reduction.mutable_provider()->set_id(given.provider);
  reduction.set_number(given.number);
  reduction.set_claim_id(given.claim);
  reduction.set_insurer_cents(or_exit(parse_amount(given.amount), kReduce));
  reduction.set_reason(or_exit(parse_review_reason(given.reason), kReduce));
  return reduction;
}

// As of every step that is final: a person at a keyboard sees what it comes to, and agrees.
void ask_first(TerminalSession& session, const v1::ReduceClaim& reduction) {
  const v1::ReviewBordereau which =
      review_of(reduction.provider().id(), reduction.fund(), reduction.number());
  const std::optional<v1::Bordereau> found = find_bordereau(session, bordereau_of(which), kReduce);
  if (!found || claim_in(*found, reduction.claim_id()) == nullptr) {
    exit_with(Exit::kFailed, kReduce,
              {core::Errc::kNotFound, "there is no such claim in a bordereau that you review"});
  }
  agree_or_leave(summary(reduction, *found, language_of(session.config)),
                 "This is final. Send it? (y/n) ");
}

void reduce(TerminalSession& session, const Arguments& given) {
  const v1::ReduceClaim reduction = reduction_of(given);
  Terminal& terminal = session.open();
  v1::Envelope request = or_exit(reduction_request(reduction, terminal.signer("").me), kReduce);
  if (asks_first(given.yes)) ask_first(session, reduction);
  leave_with(or_exit(terminal.submit(std::move(request)), kReduce), kReduce, session.config);
}

}  // namespace

void add_counter_reduce(Command parent, const std::shared_ptr<TerminalSession>& session) {
  const auto given = std::make_shared<Arguments>();
  Command command =
      parent.command("reduce", "Lower what the fund pays of an accepted claim. Final");
  command.examples(
      "Examples:\n"
      "  wasl counter reduce --provider 16-004512 --fund CNAS --bordereau 3 \\\n"
      "    --claim 70 --insurer 320.00 --reason WRONG_QUANTITY\n"
      "What was paid already the pharmacy owes back: it is withheld from a later payout.\n"
      "Exit code: 0 done, 2 declined and nothing changed, 5 in doubt");
  command.option("--provider", given->provider, "The pharmacy, as in 16-004512").required();
  command.option("--fund", given->fund, "The fund; a fund's operator has its own");
  command.option("--bordereau,--number", given->number, "The bordereau's number").required();
  command.option("--claim", given->claim, "The id of an accepted claim in it").required();
  command.option("--insurer", given->amount, "Dinars that the fund pays of it from now on, 320.00")
      .required();
  command.option("--reason", given->reason, "Why; wasl counter reasons").required();
  command.flag("--yes", given->yes,
               "Do not ask first; where stdin is no terminal nothing is asked");
  command.runs([session, given] { reduce(*session, *given); });
}

}  // namespace wasl::cli
