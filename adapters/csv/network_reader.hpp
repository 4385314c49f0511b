#pragma once
// One function for each reference file, called in an order in which what is named is known. Private
// to this adapter; network.cpp calls them.

#include <string>

#include "csv/formats.hpp"
#include "csv/network.hpp"

namespace wasl::csv {

struct NetworkReader {
  const Open& open;
  const OnFile& on_file;
  Faults& faults;
  Network& network;

  // catalogue.cpp
  void conditions() const;
  void inns() const;
  void products() const;
  void restrictions() const;
  void tarifs() const;
  // registrations.cpp
  void wilayas() const;
  void funds() const;
  void participants() const;
  void centres() const;
  void agencies() const;
  void providers() const;
  void provider_agreements() const;
  void prescribers() const;

  // Calls row(table) for each row of the file, if the import has it.
  template <typename Row>
  void each(const FileFormat& format, Row row) const {
    auto source = open(format.name);
    if (!source) return;
    Table table(std::string{format.name}, std::move(*source), format, faults);
    while (table.next()) row(table);
    network.rows.emplace_back(table.name(), table.rows());
  }
};

// Notes a key that an earlier row had.
template <typename Set, typename Key>
void insert_once(Table& table, std::size_t column, Set& seen, const Key& key) {
  if (!table.row_ok() || seen.insert(key).second) return;
  table.wrong(column, quoted(table.raw(column)) + " again", "each key once in the file");
}

// Notes a code that is nowhere.
inline void must_be_known(Table& table, std::size_t column, bool known, std::string_view where) {
  if (known || !table.row_ok()) return;
  table.wrong(column, quoted(table.raw(column)) + " is not known", "one of " + std::string{where});
}

}  // namespace wasl::csv
