// `wasl counter refund`: a person who paid in full brings the paper.

#include "cli/counter_command.hpp"
#include "cli/terminal_print.hpp"

namespace wasl::cli {

void add_counter_refund(Command parent, const std::shared_ptr<TerminalSession>& session) {
  const auto file = std::make_shared<std::string>();
  Command command = parent.command("refund", "A paper claim: the fund pays the person");
  command.examples(
      "Examples:\n"
      "  wasl counter refund --claim refund.json --config counter.toml\n"
      "The file is a claim's (wasl terminal claim --help) without provider and proofs, with the\n"
      "card's number and fund and, as terminalId, who entered it.\n"
      "Taken back by the centre: wasl terminal reverse ID --config counter.toml\n"
      "Exit code: 0 approved or in part, 2 declined, 3 not reachable, 4 refused, 5 in doubt");
  command.option("--claim", *file, "SubmitClaim as JSON; - reads stdin").required();
  command.runs([session, file] {
    constexpr std::string_view kRefund = "counter refund";
    Terminal& terminal = session->open();
    const std::string text = read_claim_file(*file, kRefund);
    v1::Envelope request = or_exit(refund_request(text, terminal.signer("")), kRefund);
    leave_with(or_exit(terminal.submit(std::move(request)), kRefund), kRefund, session->config);
  });
}

}  // namespace wasl::cli
