#include "io/sha256.hpp"

// The functions of the algorithm itself, which OpenSSL 3 would rather have called through EVP: with EVP the whole library
// is linked and set up, at the start of every command.
#define OPENSSL_API_COMPAT 10100
#include <openssl/sha.h>

#include <array>
#include <ostream>
#include <streambuf>
#include <vector>

namespace maillage::io {
namespace {

/// Hashes what is written to it.
class HashBuffer : public std::streambuf {
public:
    HashBuffer() : buffer_(std::size_t{1} << 16U) {
        SHA256_Init(&context_);
        setp(buffer_.data(), buffer_.data() + buffer_.size());
    }

    std::string finish() {
        flush();
        std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
        SHA256_Final(digest.data(), &context_);
        constexpr std::string_view hex = "0123456789abcdef";
        std::string text = "sha256:";
        for (const unsigned char byte : digest) {
            text += hex[byte >> 4U];
            text += hex[byte & 0xFU];
        }
        return text;
    }

protected:
    int_type overflow(int_type c) override {
        flush();
        if (!traits_type::eq_int_type(c, traits_type::eof())) {
            *pptr() = traits_type::to_char_type(c);
            pbump(1);
        }
        return traits_type::not_eof(c);
    }

private:
    void flush() {
        SHA256_Update(&context_, pbase(), static_cast<std::size_t>(pptr() - pbase()));
        setp(buffer_.data(), buffer_.data() + buffer_.size());
    }

    SHA256_CTX context_{};
    std::vector<char> buffer_;
};

}  // namespace

std::string sha256_of(const std::function<void(std::ostream&)>& body) {
    HashBuffer buffer;
    std::ostream out(&buffer);
    body(out);
    return buffer.finish();
}

}  // namespace maillage::io
