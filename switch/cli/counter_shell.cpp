#include "cli/counter_shell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>

#include "cli/agreement.hpp"
#include "cli/counter_typed.hpp"
#include "cli/reduction.hpp"
#include "cli/review_verdicts.hpp"
#include "cli/review_words.hpp"
#include "core/review_reason.hpp"

namespace wasl::cli {
namespace {

using Verdict = v1::ReviewVerdict;
using Claims = std::vector<const v1::PresentedClaim*>;

constexpr const char* kHelpOfList =
    "  2        open bordereau 2 of the list\n"
    "  o 16-004512 CNAS 3\n"
    "           open bordereau 3 of a pharmacy and fund, also one that is decided\n"
    "  (empty)  show the list again\n"
    "  q        quit\n";
constexpr const char* kHelpOfBordereau =
    "  a        accept all that are presented; a 3: accept claim 3, also one that is held\n"
    "  r 2 4    reject claims 2 and 4; asks for the reason\n"
    "  h 3      hold claim 3; asks for the reason, until when, and who owes the next step\n"
    "  d 1      lower what the fund pays of claim 1, which was accepted; asks for the amount and "
    "the\n"
    "           reason, and is sent by itself after a yes\n"
    "  u 3      undo my verdict on claim 3; u: all that were not sent\n"
    "  s        show what they come to, and send them after a yes\n"
    "  (empty)  show the claims again\n"
    "  b        back to the list\n"
    "  q        quit\n";

class Dialogue {
 public:
  Dialogue(ReviewDesk& desk, core::Language language, std::istream& in, std::ostream& out)
      : desk_(desk), language_(language), in_(in), out_(out) {}

  void run() {
    list();
    while (!ended_) {
      const auto line = ask(open_ ? fmt::format("bordereau {}> ", open_->number()) : "counter> ");
      if (!line) break;
      std::istringstream words(*line);
      std::string command;
      words >> command;
      if (open_) {
        obey_in_bordereau(command, words);
      } else {
        obey_in_list(command, words);
      }
    }
    if (has_verdicts()) out_ << "\nnothing was sent of the verdicts on this bordereau\n";
  }

 private:
  std::optional<std::string> ask(std::string_view question) {
    out_ << question << std::flush;
    std::string line;
    if (!std::getline(in_, line)) return std::nullopt;
    return line;
  }

  // Until `parse` takes a line. Nothing: the clerk left it empty.
  template <typename Parse>
  auto ask_for(std::string_view question, Parse parse)
      -> std::optional<typename decltype(parse(std::string{}))::value_type> {
    for (;;) {
      const std::optional<std::string> line = ask(question);
      if (!line || line->empty()) return std::nullopt;
      auto given = parse(*line);
      if (given) return *given;
      out_ << given.error().context << '\n';
    }
  }

  void list() {
    open_.reset();
    review_.Clear();
    PendingWork work = desk_.pending();
    out_ << numbered_pending(work, desk_.today());
    reviews_ = std::move(work.reviews);
    out_ << (reviews_.empty() ? "q: quit\n" : "a number opens a bordereau; ?: help, q: quit\n");
  }

  void show_claims() {
    out_ << numbered_claims(*open_, review_, language_)
         << "a: accept all, r 2: reject, h 2: hold, u: undo, s: send, d 2: reduce, b: back; ?: "
            "help\n";
  }

  void obey_in_list(const std::string& command, std::istream& words) {
    if (command.empty()) return list();
    if (command == "?") {
      out_ << kHelpOfList;
      return;
    }
    if (command == "q") {
      ended_ = true;
      return;
    }
    if (command == "o") return open_named(words);
    const std::optional<std::size_t> number = number_in(command);
    if (number && *number >= 1 && *number <= reviews_.size()) {
      const v1::OpenReview& which = reviews_[*number - 1];
      return open(review_of(which.provider().id(), which.fund(), which.number()));
    }
    out_ << "there is no '" << command << "' here; ?: help\n";
  }

  void open_named(std::istream& words) {
    std::string provider;
    std::string fund;
    std::uint32_t number = 0;
    if (words >> provider >> fund >> number) return open(review_of(provider, fund, number));
    out_ << "which bordereau? o 16-004512 CNAS 3\n";
  }

  void open(const v1::ReviewBordereau& which) {
    Found found = desk_.find(which);
    if (found.is_refused) {
      out_ << "it could not be read\n";
      return;
    }
    review_ = which;
    open_ = std::move(found.bordereau);
    if (!open_) {
      out_ << "this bordereau is not here, or not here any more\n";
      return list();
    }
    show_claims();
  }

  void obey_in_bordereau(const std::string& command, std::istream& words) {
    if (command.empty()) return show_claims();
    if (command == "a") return accept(words);
    if (command == "r") return reject(words);
    if (command == "h") return hold(words);
    if (command == "d") return reduce(words);
    if (command == "u") return undo(words);
    if (command == "s") return send();
    if (command == "b" || command == "q") return leave(command == "q");
    out_ << (command == "?" ? kHelpOfBordereau : "there is no '" + command + "' here; ?: help\n");
  }

  void leave(bool quits) {
    if (!drops_verdicts()) return;
    review_.Clear();
    ended_ = quits;
    if (!quits) list();
  }

  // nullptr: the clerk was told that there is none.
  const v1::PresentedClaim* claim_numbered(const std::string& word) {
    const std::optional<std::size_t> number = number_in(word);
    const bool is_there =
        number && *number >= 1 && *number <= static_cast<std::size_t>(open_->claims_size());
    if (is_there) return &open_->claims(static_cast<int>(*number) - 1);
    out_ << "there is no claim '" << word << "' in this list\n";
    return nullptr;
  }

  // The claims that `words` counts, in a state that allows the verdict. Nothing: the clerk was told
  // what is wrong.
  std::optional<Claims> claims_in(std::istream& words, Verdict::Verdict verdict) {
    Claims claims;
    for (std::string word; words >> word;) {
      const v1::PresentedClaim* const claim = claim_numbered(word);
      if (claim == nullptr) return std::nullopt;
      if (!allows(*claim, verdict)) {
        out_ << "claim " << word << ": " << words_of(*claim, language_) << '\n';
        return std::nullopt;
      }
      claims.push_back(claim);
    }
    return claims;
  }
  // At least one.
  std::optional<Claims> some_claims_in(std::istream& words, Verdict::Verdict verdict) {
    std::optional<Claims> claims = claims_in(words, verdict);
    if (!claims || !claims->empty()) return claims;
    out_ << "which claims? " << (verdict == Verdict::HOLD ? "h 3" : "r 2 4") << '\n';
    return std::nullopt;
  }

  void give(Verdict verdict, const Claims& claims) {
    for (const v1::PresentedClaim* claim : claims) {
      verdict.set_claim_id(claim->claim_id());
      set_verdict(verdict, review_);
    }
    show_claims();
  }

  void accept(std::istream& words) {
    const std::optional<Claims> claims = claims_in(words, Verdict::ACCEPT);
    if (!claims) return;
    if (claims->empty()) review_.set_accept_rest(true);
    give(accepting(0), *claims);
  }

  std::optional<v1::ReviewReason> ask_reason() {
    out_ << review_reasons(language_, false);
    return ask_for("reason (number or name; empty: none)> ", [](const std::string& line) {
      return choice_in(line, parse_review_reason, v1::MEDICAL_CONTROL);
    });
  }

  void reject(std::istream& words) {
    const std::optional<Claims> claims = some_claims_in(words, Verdict::REJECT);
    if (!claims) return;
    const std::optional<v1::ReviewReason> reason = ask_reason();
    if (!reason) return;
    Verdict verdict;
    verdict.set_verdict(Verdict::REJECT);
    verdict.set_reason(*reason);
    give(verdict, *claims);
  }

  void hold(std::istream& words) {
    const std::optional<Claims> claims = some_claims_in(words, Verdict::HOLD);
    if (!claims) return;
    const std::optional<v1::ReviewReason> reason = ask_reason();
    if (!reason) return;
    const std::optional<std::string> until =
        ask_for("until (YYYY-MM-DD, at most 30 days ahead)> ",
                [this](const std::string& line) { return hold_day_in(line, desk_.today()); });
    if (!until) return;
    const std::optional<v1::StepOwner> owner =
        ask_for("next step: 1 PROVIDER, 2 CENTRE, 3 FUND> ", [](const std::string& line) {
          return choice_in(line, parse_step_owner, v1::STEP_OF_FUND);
        });
    if (!owner) return;
    Verdict verdict;
    verdict.set_verdict(Verdict::HOLD);
    verdict.set_reason(*reason);
    verdict.set_until(*until);
    verdict.set_owner(*owner);
    give(verdict, *claims);
  }

  // The one claim that is named, if it can be reduced. nullptr: the clerk was told what is wrong.
  const v1::PresentedClaim* reducible_in(std::istream& words) {
    std::string word;
    words >> word;
    const v1::PresentedClaim* const claim = claim_numbered(word);
    if (claim == nullptr || effect_of_reducing(*claim)) return claim;
    out_ << "claim " << word << ": " << words_of(*claim, language_)
         << "; only what is accepted, or paid, and in no run is reduced\n";
    return nullptr;
  }

  // Sent by itself: verdicts are of other claims, and wait.
  void reduce(std::istream& words) {
    const v1::PresentedClaim* const claim = reducible_in(words);
    if (claim == nullptr) return;
    const std::optional<std::int64_t> amount =
        ask_for("dinars that the fund pays from now on (empty: as it is)> ",
                [claim](const std::string& line) { return amount_below(*claim, line); });
    if (!amount) return;
    const std::optional<v1::ReviewReason> reason = ask_reason();
    if (!reason) return;
    v1::ReduceClaim reduction;
    *reduction.mutable_provider() = open_->provider();
    reduction.set_fund(open_->fund());
    reduction.set_number(open_->number());
    reduction.set_claim_id(claim->claim_id());
    reduction.set_insurer_cents(*amount);
    reduction.set_reason(*reason);
    out_ << summary(reduction, *open_, language_);
    if (!agreed("send it? (yes/no) ", in_, out_)) {
      out_ << "nothing was sent\n";
      return;
    }
    const Sent sent = desk_.send(reduction);
    if (sent != Sent::kNotDone) look_again();
  }

  [[nodiscard]] bool has_verdicts() const {
    return review_.accept_rest() || review_.verdicts_size() > 0;
  }

  // Whether the claim has a verdict of its own; the clerk was told if it has none.
  bool is_named(const v1::PresentedClaim& claim, const std::string& word) {
    if (verdict_on(review_, claim.claim_id()) != nullptr) return true;
    out_ << "claim " << word << ": "
         << (verdict_for(review_, claim) ? "accepted with all that are presented; u undoes that"
                                         : "there is no verdict to undo")
         << '\n';
    return false;
  }

  void undo(std::istream& words) {
    Claims claims;
    for (std::string word; words >> word;) {
      const v1::PresentedClaim* const claim = claim_numbered(word);
      if (claim == nullptr || !is_named(*claim, word)) return;
      claims.push_back(claim);
    }
    for (const v1::PresentedClaim* claim : claims) drop_verdict(claim->claim_id(), review_);
    if (claims.empty()) {
      review_.clear_verdicts();
      review_.clear_accept_rest();
    }
    show_claims();
  }

  // The bordereau as it is by now, with the verdicts that it still allows; the clerk is told which
  // ones it does not. As it was, with all of them, if it cannot be read.
  void look_again() {
    Found found = desk_.find(review_);
    if (found.is_refused) {
      out_ << "it could not be read again"
           << (has_verdicts() ? "; your verdicts are still here\n" : "\n");
      return;
    }
    open_ = std::move(found.bordereau);
    if (!open_) {
      out_ << "this bordereau is not here any more\n";
      return list();
    }
    const std::vector<std::uint64_t> dropped = drop_overtaken(*open_, review_);
    show_claims();
    for (int i = 0; i < open_->claims_size(); ++i) {
      const v1::PresentedClaim& claim = open_->claims(i);
      if (std::ranges::find(dropped, claim.claim_id()) == dropped.end()) continue;
      out_ << "claim " << i + 1 << ": " << words_of(claim, language_)
           << "; your verdict on it is dropped\n";
    }
  }

  bool drops_verdicts() {
    return !has_verdicts() || agreed("drop the verdicts that were not sent? (yes/no) ", in_, out_);
  }

  void send() {
    if (!has_verdicts()) {
      out_ << "no verdicts yet; ?: help\n";
      return;
    }
    out_ << summary(review_, *open_, language_);
    if (!agreed("send it? (yes/no) ", in_, out_)) {
      out_ << "nothing was sent\n";
      return;
    }
    const Sent sent = desk_.send(review_);
    if (sent == Sent::kDone) return list();
    if (sent == Sent::kDeclined) look_again();
    if (!open_) return;
    out_ << (has_verdicts()
                 ? "nothing was changed, your verdicts are still here; u: undo, s: send, "
                   "b: back\n"
                 : "nothing was changed, and no verdict is left to send; b: back\n");
  }

  ReviewDesk& desk_;
  core::Language language_;
  std::istream& in_;
  std::ostream& out_;
  std::vector<v1::OpenReview> reviews_{};  // As they were listed last.
  std::optional<v1::Bordereau> open_{};
  v1::ReviewBordereau review_{};  // Of `open_`, not sent yet.
  bool ended_ = false;
};

}  // namespace

void run_counter_shell(ReviewDesk& desk, core::Language language, std::istream& in,
                       std::ostream& out) {
  Dialogue(desk, language, in, out).run();
}

}  // namespace wasl::cli
