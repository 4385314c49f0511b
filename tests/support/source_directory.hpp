#pragma once
// Where the checkout lies. Only source_directory.cpp is compiled with the path, so that all other
// objects of the tests are the same in every checkout and come from the compiler's cache.

#include <string>

namespace wasl::test {

[[nodiscard]] const std::string& source_directory();

}  // namespace wasl::test
