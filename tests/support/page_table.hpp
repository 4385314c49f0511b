#pragma once
// Tables of the documents, for tests that hold a page against what the code does.

#include <string>
#include <vector>

namespace wasl::test {

using Cells = std::vector<std::string>;

// The rows of all tables of a page of docs/, in order, headings and rules left in; backquotes are
// removed, empty cells too. None if the page cannot be read.
[[nodiscard]] std::vector<Cells> table_rows(const std::string& page);

}  // namespace wasl::test
