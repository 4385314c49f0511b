#include "card/key_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include "card/derivation.hpp"
#include "card/hex.hpp"
#include "card/private_file.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::card {
namespace {

constexpr std::string_view kHex = "000102030405060708090a0b0c0d0e0f";
const std::string kLine = "CNAS " + std::string(kHex) + "\n";

core::Errc error_of(const core::Result<KeyFile>& file) {
  return file ? core::Errc::kIo : file.error().code;
}

TEST(KeyFile, DerivesFromTheMasterKeyOfTheFund) {
  const auto file = KeyFile::parse("# keys\n\n" + kLine, "keys");
  ASSERT_TRUE(file);
  const KeyName name{KeyKind::kCard, *core::FundCode::make("CNAS"), *Holder::make("1"), 1};
  const auto from_file = file->derive(name);
  const Key by_hand = derive(test::key(kHex), name);
  ASSERT_TRUE(from_file);
  EXPECT_EQ(from_file->bytes, by_hand.bytes);
  KeyName other = name;
  other.fund = *core::FundCode::make("CASNOS");
  const auto missing = file->derive(other);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, core::Errc::kNotFound);
}

TEST(KeyFile, NamesTheLineThatIsWrongAndNotTheKey) {
  const std::string short_key = "CNAS 0001020304\n";
  for (const std::string& text :
       {short_key, std::string("CNAS\n"), "CNAS  " + std::string(kHex) + "\n",
        "CNAS " + std::string(31, '0') + "g\n", " " + std::string(kHex) + "\n", kLine + kLine}) {
    const auto file = KeyFile::parse("# first\n" + text, "keys.txt");
    ASSERT_FALSE(file) << text;
    EXPECT_EQ(file.error().code, core::Errc::kConfiguration);
    EXPECT_EQ(file.error().context.rfind("keys.txt:", 0), 0U);
    EXPECT_EQ(file.error().context.find("0001"), std::string::npos);
  }
  EXPECT_FALSE(KeyFile::parse("# nothing\n", "keys.txt"));
}

TEST(KeyFile, IsForItsUserAlone) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.path() + "/keys";
  EXPECT_EQ(error_of(KeyFile::read(path)), core::Errc::kNotFound);
  ASSERT_TRUE(create_private(path, kLine));
  EXPECT_TRUE(KeyFile::read(path));
  for (const mode_t mode : {0640U, 0604U, 0620U, 0601U, 0610U, 0666U}) {
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    EXPECT_EQ(error_of(KeyFile::read(path)), core::Errc::kNotPermitted) << std::oct << mode;
  }
  ASSERT_EQ(::chmod(path.c_str(), 0400), 0);
  EXPECT_TRUE(KeyFile::read(path));
}

TEST(KeyFile, IsARegularFileOfThisUser) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.path() + "/keys";
  ASSERT_TRUE(create_private(path, kLine));
  const std::string link = directory.path() + "/link";
  ASSERT_EQ(::symlink(path.c_str(), link.c_str()), 0);
  EXPECT_FALSE(KeyFile::read(link));
  EXPECT_EQ(error_of(KeyFile::read(directory.path())), core::Errc::kNotPermitted);
  if (::geteuid() != 0) return;  // Only root can give a file away.
  ASSERT_EQ(::chown(path.c_str(), 12'345, 12'345), 0);
  EXPECT_EQ(error_of(KeyFile::read(path)), core::Errc::kNotPermitted);
}

TEST(PrivateFile, HasABoundAndIsNotOverwritten) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.path() + "/file";
  ASSERT_TRUE(create_private(path, std::string(kPrivateFileBytesMax, 'x')));
  EXPECT_TRUE(read_private(path));
  EXPECT_FALSE(create_private(path, "y"));
  ASSERT_TRUE(replace_private(path, std::string(kPrivateFileBytesMax + 1, 'x')));
  const auto large = read_private(path);
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, core::Errc::kLimit);
}

TEST(PrivateFile, IsReplacedAsAWhole) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.path() + "/file";
  ASSERT_TRUE(create_private(path, "old"));
  ASSERT_TRUE(create_private(path + ".new", "of a killed process"));
  ASSERT_TRUE(replace_private(path, "new"));
  const auto content = read_private(path);
  ASSERT_TRUE(content);
  EXPECT_EQ(*content, "new");
  EXPECT_FALSE(read_private(path + ".new"));
}

}  // namespace
}  // namespace wasl::card
