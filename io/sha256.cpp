#include "io/sha256.hpp"

#include "engine/error.hpp"

#include <openssl/evp.h>

#include <array>
#include <memory>
#include <ostream>
#include <streambuf>
#include <vector>

namespace maillage::io {
namespace {

/// Hashes what is written to it.
class HashBuffer : public std::streambuf {
public:
    HashBuffer() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free), buffer_(std::size_t{1} << 16U) {
        if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) {
            throw Error("SHA-256 is not available");
        }
        setp(buffer_.data(), buffer_.data() + buffer_.size());
    }

    std::string finish() {
        flush();
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned size = 0;
        EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
        constexpr std::string_view hex = "0123456789abcdef";
        std::string text = "sha256:";
        for (unsigned i = 0; i < size; ++i) {
            text += hex[digest[i] >> 4U];
            text += hex[digest[i] & 0xFU];
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
        EVP_DigestUpdate(context_.get(), pbase(), static_cast<std::size_t>(pptr() - pbase()));
        setp(buffer_.data(), buffer_.data() + buffer_.size());
    }

    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
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
