#include "support/page_table.hpp"

#include <fstream>
#include <sstream>

#include "support/source_directory.hpp"

namespace wasl::test {
namespace {

// Empty if the line is no row.
Cells cells(const std::string& line) {
  Cells found;
  if (!line.starts_with("| ")) return found;
  std::istringstream rest(line.substr(2));
  for (std::string cell; std::getline(rest, cell, '|');) {
    std::erase(cell, '`');
    const std::size_t end = cell.find_last_not_of(' ');
    const std::size_t begin = cell.find_first_not_of(' ');
    if (begin != std::string::npos) found.push_back(cell.substr(begin, end - begin + 1));
  }
  return found;
}

}  // namespace

std::vector<Cells> table_rows(const std::string& page) {
  std::ifstream file(source_directory() + "/docs/" + page);
  std::vector<Cells> rows;
  for (std::string line; std::getline(file, line);) {
    Cells row = cells(line);
    if (!row.empty()) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace wasl::test
