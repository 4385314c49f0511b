#include "cli/terminal_command.hpp"

#include <chrono>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "cli/terminal_print.hpp"
#include "core/calendar.hpp"
#include "wire/frame.hpp"
#include "wire/json.hpp"

namespace wasl::cli {
namespace {

using Session = std::shared_ptr<TerminalSession>;

// The JSON of a claim that fills a frame is not longer than this.
constexpr std::size_t kClaimFileBytesMax = std::size_t{8} * wire::kFrameBytesMax;

core::RequestId id_or_exit(const std::string& text, std::string_view command) {
  const std::optional<core::RequestId> id = parse_request_id(text);
  if (id) return *id;
  exit_with(Exit::kFailed, command,
            {core::Errc::kMalformed,
             "a request id is 32 hexadecimal digits, as the terminal printed it"});
}

void add_claim(Command parent, const Session& session) {
  struct Arguments {
    std::string file;
    std::string card;
  };
  const auto arguments = std::make_shared<Arguments>();
  Command command = parent.command("claim", "Submit a claim and print its answer");
  command.examples(
      "Examples:\n"
      "  wasl terminal claim claim.json --card card.json --config terminal.toml\n"
      "  wasl terminal claim refund.json --config centre.toml      a centre needs no card\n"
      "Exit code: 0 approved or in part, 2 declined, 3 not reachable, 4 refused, 5 in doubt");
  command.option("file", arguments->file, "SubmitClaim as JSON; - reads stdin").required();
  command.option("--card", arguments->card, "The insured's card, as `wasl card` issued it");
  command.runs([arguments, session] {
    Terminal& terminal = session->open();
    const std::string text = read_claim_file(arguments->file, "terminal claim");
    v1::Envelope request =
        or_exit(submit_request(text, terminal.signer(arguments->card)), "terminal claim");
    leave_with(or_exit(terminal.submit(std::move(request)), "terminal claim"), "terminal claim",
               session->config);
  });
}

void add_quote(Command parent, const Session& session) {
  struct Arguments {
    std::string file;
    std::string card;
  };
  const auto arguments = std::make_shared<Arguments>();
  Command command = parent.command("quote", "What a claim would get now; no commitment");
  command.examples("Examples:\n  wasl terminal quote claim.json --card card.json");
  command.option("file", arguments->file, "SubmitClaim as JSON; - reads stdin").required();
  command.option("--card", arguments->card, "The insured's card");
  command.runs([arguments, session] {
    Terminal& terminal = session->open();
    const std::string text = read_claim_file(arguments->file, "terminal quote");
    v1::Envelope request =
        or_exit(quote_request(text, terminal.signer(arguments->card)), "terminal quote");
    leave_with(or_exit(terminal.ask(std::move(request)), "terminal quote"), "terminal quote",
               session->config);
  });
}

void add_card_question(Command parent, const Session& session, bool update) {
  struct Arguments {
    CardQuestion question;
    std::string card;
  };
  const auto arguments = std::make_shared<Arguments>();
  arguments->question.update = update;
  const std::string name = update ? "update" : "rights";
  Command command = parent.command(
      name, update ? "Renew a card's rights-until" : "Who a card covers, and what is left");
  command.examples("Examples:\n  wasl terminal " + name + " --card card.json --terminal T1\n" +
                   "  wasl terminal " + name +
                   " --number 160012345678 --fund CNAS --purpose counter --terminal DESK-3");
  CardQuestion& question = arguments->question;
  command.option("--card", arguments->card, "The card; a provider must have it");
  command.option("--terminal", question.terminal, "This terminal or operator").required();
  command.option("--number", question.number, "Card number, at a centre or desk");
  command.option("--fund", question.fund, "The card's fund, at a centre or desk");
  const std::map<std::string, v1::Purpose> purposes{{"card", v1::CARD_PRESENTED},
                                                    {"counter", v1::AT_COUNTER},
                                                    {"telephone", v1::BY_TELEPHONE},
                                                    {"review", v1::FILE_REVIEW}};
  command.choice("--purpose", question.purpose, purposes,
                 "card, counter, telephone or review; recorded");
  command.runs([arguments, session, name] {
    Terminal& terminal = session->open();
    const std::string what = "terminal " + name;
    if (terminal.signer("").me.role == core::Role::kProvider && arguments->card.empty()) {
      exit_with(Exit::kFailed, what,
                {core::Errc::kMalformed, "a pharmacy must have the card: give --card card.json"});
    }
    v1::Envelope request =
        or_exit(card_request(arguments->question, terminal.signer(arguments->card)), what);
    leave_with(or_exit(terminal.submit(std::move(request)), what), what, session->config);
  });
}

void add_reverse(Command parent, const Session& session) {
  struct Arguments {
    std::string id;
    v1::ReversalCause cause = v1::CUSTOMER_CANCELLED;
  };
  const auto arguments = std::make_shared<Arguments>();
  Command command = parent.command("reverse", "Take a claim back, whole; needs no card");
  command.examples(
      "Examples:\n"
      "  wasl terminal reverse 0f1e2d3c4b5a69788796a5b4c3d2e1f0\n"
      "  wasl terminal reverse 0f1e2d3c4b5a69788796a5b4c3d2e1f0 --cause entry-error");
  command.option("id", arguments->id, "Request id of the claim").required();
  const std::map<std::string, v1::ReversalCause> causes{{"cancelled", v1::CUSTOMER_CANCELLED},
                                                        {"no-answer", v1::NO_ANSWER},
                                                        {"entry-error", v1::ENTRY_ERROR}};
  command.choice("--cause", arguments->cause, causes, "cancelled, no-answer or entry-error");
  command.runs([arguments, session] {
    const core::RequestId id = id_or_exit(arguments->id, "terminal reverse");
    Terminal& terminal = session->open();
    v1::Envelope request = or_exit(reverse_request(id, arguments->cause), "terminal reverse");
    leave_with(or_exit(terminal.submit(std::move(request)), "terminal reverse"), "terminal reverse",
               session->config);
  });
}

void add_correct(Command parent, const Session& session) {
  struct Arguments {
    std::string original;
    std::string file;
  };
  const auto arguments = std::make_shared<Arguments>();
  Command command =
      parent.command("correct", "Put another claim in the place of one that the centre rejected");
  command.examples(
      "Examples:\n"
      "  wasl terminal correct --original 0f1e2d3c4b5a69788796a5b4c3d2e1f0 --claim corrected.json\n"
      "The file is a claim's, with terminalId, prescription and lines, whole, also where they "
      "stay\n"
      "as they were. Card, beneficiary and dates are the original's and must not stand in it. No\n"
      "card is needed, and the fund's share may not become larger.\n"
      "Exit code: 0 approved or in part, it waits for the next close-day; 2 declined: the "
      "original\n"
      "stays rejected and may be corrected again; 5 in doubt");
  command.option("--original", arguments->original, "Request id of the rejected claim").required();
  command.option("--claim", arguments->file, "SubmitClaim as JSON; - reads stdin").required();
  command.runs([arguments, session] {
    constexpr std::string_view kCorrect = "terminal correct";
    const core::RequestId id = id_or_exit(arguments->original, kCorrect);
    Terminal& terminal = session->open();
    const std::string text = read_claim_file(arguments->file, kCorrect);
    v1::Envelope request = or_exit(correction_request(id, text, terminal.signer("").me), kCorrect);
    leave_with(or_exit(terminal.submit(std::move(request)), kCorrect), kCorrect, session->config);
  });
}

void add_status(Command parent, const Session& session) {
  struct Arguments {
    std::string id;
    bool close_if_absent = false;
  };
  const auto arguments = std::make_shared<Arguments>();
  Command command = parent.command("status", "What became of a claim");
  command.examples(
      "Examples:\n"
      "  wasl terminal status 0f1e2d3c4b5a69788796a5b4c3d2e1f0\n"
      "  wasl terminal status 0f1e2d3c4b5a69788796a5b4c3d2e1f0 --close-if-absent   give it up\n"
      "The amounts are those of the decision; by how much it was reduced since stands above them\n"
      "Exit code: 0 it counts, 2 it does not and never will, 5 not final");
  command.option("id", arguments->id, "Request id of the claim").required();
  command.flag("--close-if-absent", arguments->close_if_absent,
               "If it was not decided, close its id for good: a late original is declined");
  command.runs([arguments, session] {
    const core::RequestId id = id_or_exit(arguments->id, "terminal status");
    const core::Result<Ending> ending = session->open().status(id, arguments->close_if_absent);
    leave_with(or_exit(ending, "terminal status"), "terminal status", session->config);
  });
}

std::string today() {
  return core::to_text(
      core::Day{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())});
}

void list(TerminalSession& session, const std::string& from, const std::string& until) {
  v1::Envelope request = or_exit(list_request(from, until), "terminal list");
  for (;;) {
    const Ending ending = or_exit(session.open().ask(request), "terminal list");
    leave_with(ending, "terminal list", session.config);
    const v1::ClaimsPage& page = ending.answer->claims_page();
    if (page.next_from().empty()) return;
    request.mutable_list_claims()->set_from(page.next_from());
    request.mutable_list_claims()->set_after(page.next_after());
  }
}

void add_list(Command parent, const Session& session) {
  struct Arguments {
    std::string from = today();
    std::string until = today();
  };
  const auto arguments = std::make_shared<Arguments>();
  Command command = parent.command("list", "Own claims by the day (UTC) of their decision");
  command.examples(
      "Examples:\n"
      "  wasl terminal list                                      today's\n"
      "  wasl terminal list --from 2026-03-01 --until 2026-03-31");
  command.option("--from", arguments->from, "First day, YYYY-MM-DD; default: today");
  command.option("--until", arguments->until, "Last day, YYYY-MM-DD; default: today");
  command.runs([arguments, session] { list(*session, arguments->from, arguments->until); });
}

void add_recover(Command parent, const Session& session) {
  struct Arguments {
    std::optional<std::uint32_t> give_up_minutes;
  };
  const auto arguments = std::make_shared<Arguments>();
  Command command = parent.command("recover", "Resolve everything that is in doubt");
  command.examples(
      "Examples:\n"
      "  wasl terminal recover                       send all that is open again, as it was\n"
      "  wasl terminal recover --close-older 30      but close claims older than 30 minutes that\n"
      "                                              the switch never saw: those sales are off\n"
      "Exit code: 0 nothing is open any more, 5 something is");
  command.option("--close-older", arguments->give_up_minutes,
                 "Minutes after which a sale is given up");
  command.runs([arguments, session] {
    std::optional<std::chrono::minutes> give_up;
    if (arguments->give_up_minutes) give_up = std::chrono::minutes{*arguments->give_up_minutes};
    const auto endings = or_exit(session->open().recover(give_up), "terminal recover");
    bool open = false;
    for (const Ending& ending : endings) {
      print_ending(ending, "terminal recover", session->config);
      open = open || ending.exit == Exit::kInDoubt;
    }
    if (open) leave(Exit::kInDoubt);
    if (endings.empty() && !session->config.json) std::cout << "nothing is in doubt\n";
  });
}

}  // namespace

std::string read_claim_file(const std::string& path, std::string_view command) {
  std::ostringstream text;
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (!file) {
      exit_with(Exit::kFailed, command, {core::Errc::kNotFound, path + " cannot be read"});
    }
  }
  text << (path == "-" ? std::cin : file).rdbuf();
  if (text.view().size() > kClaimFileBytesMax) {
    exit_with(Exit::kFailed, command, {core::Errc::kLimit, path + " is too large for a claim"});
  }
  v1::SubmitClaim claim;
  core::Result<void> read = wire::from_json(text.view(), claim);
  if (!read) read.error().context = path + ": " + read.error().context;
  or_exit(std::move(read), command);
  return std::move(text).str();
}

Terminal& TerminalSession::open() {
  if (terminal) return *terminal;
  if (options) or_exit(complete(*options, config), "terminal");
  terminal.emplace(or_exit(Terminal::open(config), "terminal"));
  return *terminal;
}

void add_terminal_operations(Command parent, const std::shared_ptr<TerminalSession>& session) {
  add_claim(parent, session);
  add_quote(parent, session);
  add_card_question(parent, session, false);
  add_card_question(parent, session, true);
  add_reverse(parent, session);
  add_correct(parent, session);
  add_status(parent, session);
  add_list(parent, session);
  add_recover(parent, session);
  add_terminal_closing(parent, session);
}

void add_terminal_commands(Command parent) {
  const auto session = std::make_shared<TerminalSession>();
  Command terminal = parent.command("terminal", "Claims from a pharmacy or payment centre");
  terminal.examples(
      "Examples:\n"
      "  wasl terminal claim claim.json --card card.json --config terminal.toml\n"
      "  wasl terminal recover --config terminal.toml       after exit code 5\n"
      "  wasl terminal repl --config terminal.toml          many commands over one connection\n"
      "terminal.toml:\n"
      "  server = \"switch.example.dz:7443\"\n"
      "  certificate = \"pharmacy.crt\"\n"
      "  key = \"pharmacy.key\"\n"
      "  authority = \"ca.crt\"\n"
      "  professional = [\"professional-CNAS.json\"]\n"
      "  outbox = \"outbox\"");
  terminal.needs_a_command();
  terminal.shares_options();
  session->options = terminal;
  add_terminal_options(terminal, session->config);
  add_terminal_operations(terminal, session);
  Command repl = terminal.command("repl", "The commands above, typed one by one");
  repl.examples(
      "Examples:\n"
      "  wasl terminal repl --config terminal.toml < commands.txt\n"
      "Exit code: 0; of piped lines the highest of theirs");
  repl.runs([session] { run_terminal_repl(session); });
}

}  // namespace wasl::cli
