#include "cli/import_accounts.hpp"

#include <utility>

#include "core/account_change.hpp"
#include "core/codec.hpp"
#include "store/stored_row.hpp"

namespace wasl::cli {
namespace {

using core::Errc;
using core::fail;

// A seek costs about as much as this many steps.
constexpr int kStepsBeforeSeek = 16;
constexpr std::uint64_t kProgressEvery = 4'096;

// As the fund states it, on what the switch owns. A card that is new to the switch brings how far
// it was updated before; later that is the switch's own.
core::Account merged(const core::Account* current, const core::Account& feed) {
  core::Account account = core::with_feed(current, feed);
  account.version = (current != nullptr ? current->version : 0) + 1;
  for (const core::Card& card : feed.cards) {
    const bool known = current != nullptr && current->card(card.number) != nullptr;
    if (!known) account.card(card.number)->rights_until = card.rights_until;
  }
  return account;
}

std::unexpected<core::Error> damaged() {
  return fail(Errc::kCorrupt, "store: a row does not follow its format");
}

}  // namespace

core::Result<std::optional<std::string_view>> StoredRows::find(const core::RowKey& key) {
  for (int i = 0; i < kStepsBeforeSeek && cursor_.valid() && cursor_.key() < key.view(); ++i) {
    cursor_.next();
  }
  if (cursor_.valid() && cursor_.key() < key.view()) cursor_.seek(key.view());
  if (!cursor_.valid()) {
    if (auto ended = cursor_.ended(); !ended) return std::unexpected(ended.error());
    return std::nullopt;
  }
  if (cursor_.key() != key.view()) return std::nullopt;
  return cursor_.value();
}

void AccountRows::fault(std::string_view file, std::uint64_t line, std::string wrong,
                        std::string expected) {
  faults_.add(file, csv::Position{line, 1}, std::move(wrong), std::move(expected));
}

core::Result<void> AccountRows::put_all(csv::AccountStream& stream) {
  core::Account feed;
  for (std::uint64_t count = 0; stream.next(feed);) {
    if (from_.progress && ++count % kProgressEvery == 0) from_.progress(count);
    if (!faults_.none()) continue;  // Nothing will be written: only what is wrong is looked for.
    if (auto done = put(feed, stream); !done) return done;
  }
  return faults_.none() ? put_cards() : core::Result<void>{};
}

core::Result<void> AccountRows::put(const core::Account& feed, const csv::AccountStream& at) {
  const core::RowKey key = core::account_key(feed.insured);
  const auto found = stored_.find(key);
  if (!found) return std::unexpected(found.error());
  std::optional<core::Row> row;
  const core::Account* current = nullptr;
  if (found->has_value()) {
    row = store::decode_stored(key, **found);
    current = row ? std::get_if<core::Account>(&*row) : nullptr;
    if (current == nullptr) return damaged();
  }
  if (current != nullptr && current->fund != feed.fund) {
    fault("accounts.csv", at.line(), "an account of another fund", "one of its own");
  }
  const bool newer = current == nullptr || feed.source_version > current->source_version;
  for (std::size_t i = 0; i < feed.cards.size(); ++i) {
    auto added = cards_.add({.card = feed.cards[i].number,
                             .insured = feed.insured,
                             .line = at.card_lines()[i],
                             .newer = newer});
    if (!added) return added;
  }
  if (!newer) {
    ++counts_.unchanged;
    return {};
  }
  const core::Account account = merged(current, feed);
  if (core::encoded_bytes(account) > core::kAccountBytesMax) {
    fault("accounts.csv", at.line(), "with the cards and agreements on file, too large an account",
          "at most " + std::to_string(core::kAccountBytesMax) + " bytes");
    return {};
  }
  ++counts_.accounts;
  bytes_.clear();
  store::encode_stored(key, core::Row{account}, bytes_);
  return load_.put(key.view(), bytes_);
}

core::Result<void> AccountRows::put_cards() {
  if (auto sorted = cards_.sort(); !sorted) return sorted;
  CardEntry entry;
  CardEntry last;
  for (;;) {
    const auto more = cards_.next(entry);
    if (!more) return std::unexpected(more.error());
    if (!*more) return {};
    if (entry.card == last.card) {
      fault("cards.csv", entry.line, "the card of line " + std::to_string(last.line) + " again",
            "each key once in the file");
      continue;
    }
    last = entry;
    if (auto done = put_card(entry); !done) return done;
  }
}

core::Result<void> AccountRows::put_card(const CardEntry& entry) {
  const core::RowKey key = core::card_key(entry.card);
  const auto found = stored_.find(key);
  if (!found) return std::unexpected(found.error());
  if (found->has_value()) {
    const auto row = store::decode_stored(key, **found);
    const auto* link = row ? std::get_if<core::CardLink>(&*row) : nullptr;
    if (link == nullptr) return damaged();
    if (link->insured != entry.insured) {
      fault("cards.csv", entry.line, "a card of another account", "the account it belongs to");
    }
    return {};
  }
  if (!entry.newer || !faults_.none()) return {};
  ++counts_.cards;
  bytes_.clear();
  store::encode_stored(key, core::Row{core::CardLink{entry.insured}}, bytes_);
  return load_.put(key.view(), bytes_);
}

}  // namespace wasl::cli
