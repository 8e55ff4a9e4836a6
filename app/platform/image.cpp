#include "app/platform/image.h"

#include <gif_lib.h>
#include <stb_image.h>
#include <stb_image_write.h>

#include <cassert>
#include <cmath>
#include <cstddef>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

#include "app/platform/palette.h"

namespace backstep {

namespace {

// A GifWriter is a GIF file being made in memory. giflib answers every call with
// GIF_OK or GIF_ERROR; the latter would be a bug here.
class GifWriter {
 public:
  GifWriter() {
    int error = 0;
    file_ = EGifOpen(this, &append, &error);
    if (!file_) throw std::bad_alloc();
    EGifSetGifVersion(file_, true);
  }
  ~GifWriter() {
    if (file_) EGifCloseFile(file_, nullptr);
  }
  GifWriter(const GifWriter&) = delete;
  GifWriter& operator=(const GifWriter&) = delete;

  void head(int width, int height, const Palette& palette) {
    int size = 2;  // giflib takes powers of two only
    while (size < static_cast<int>(palette.colors().size())) size *= 2;
    const std::unique_ptr<ColorMapObject, void (*)(ColorMapObject*)> map(
        GifMakeMapObject(size, nullptr), GifFreeMapObject);
    for (int i = 0; const Color& color : palette.colors()) {
      map->Colors[i++] = {color.r, color.g, color.b};
    }
    check(EGifPutScreenDesc(file_, width, height, 8, 0, map.get()));
  }

  void repeat_for_ever() {
    const unsigned char times[] = {1, 0, 0};
    check(EGifPutExtensionLeader(file_, APPLICATION_EXT_FUNC_CODE));
    check(EGifPutExtensionBlock(file_, 11, "NETSCAPE2.0"));
    check(EGifPutExtensionBlock(file_, 3, times));
    check(EGifPutExtensionTrailer(file_));
  }

  void frame(int width, int height, std::vector<std::uint8_t> indices, double seconds) {
    GraphicsControlBlock control{};
    control.DisposalMode = DISPOSE_DO_NOT;
    control.DelayTime = static_cast<int>(std::lround(seconds * 100));
    control.TransparentColor = NO_TRANSPARENT_COLOR;
    GifByteType block[4];
    EGifGCBToExtension(&control, block);
    check(EGifPutExtension(file_, GRAPHICS_EXT_FUNC_CODE, 4, block));
    check(EGifPutImageDesc(file_, 0, 0, width, height, false, nullptr));
    for (int y = 0; y < height; ++y) {
      check(EGifPutLine(file_, indices.data() + std::ptrdiff_t{y} * width, width));
    }
  }

  std::string finish() {
    check(EGifCloseFile(std::exchange(file_, nullptr), nullptr));
    return std::move(bytes_);
  }

 private:
  static int append(GifFileType* file, const GifByteType* bytes, int count) {
    const auto begin = reinterpret_cast<const char*>(bytes);
    static_cast<GifWriter*>(file->UserData)->bytes_.append(begin, begin + count);
    return count;
  }

  static void check(int answer) {
    if (answer != GIF_OK) throw std::runtime_error("giflib could not make this picture");
  }

  std::string bytes_;
  GifFileType* file_ = nullptr;
};

void append_bytes(void* text, void* bytes, int count) {
  static_cast<std::string*>(text)->append(static_cast<const char*>(bytes),
                                          static_cast<std::size_t>(count));
}

}  // namespace

std::string png_of(const Image& image) {
  assert(image.rgba.size() == std::size_t(4) * image.width * image.height &&
         "an image has as many pixels as its size says");
  std::string bytes;
  if (!stbi_write_png_to_func(&append_bytes, &bytes, image.width, image.height, 4,
                              image.rgba.data(), 4 * image.width))
    throw std::bad_alloc();  // giflib fails here for no other reason
  return bytes;
}

Image read_png(const std::filesystem::path& path) {
  Image image;
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
      stbi_load(path.c_str(), &image.width, &image.height, nullptr, 4), stbi_image_free);
  if (!pixels) throw std::runtime_error(path.string() + ": cannot be read as a picture");
  image.rgba.assign(pixels.get(), pixels.get() + std::size_t(4) * image.width * image.height);
  return image;
}

std::string gif_of(const std::vector<Image>& frames, double seconds) {
  assert(!frames.empty() && "a GIF needs a frame");
  const int width = frames[0].width, height = frames[0].height;
  if (width > 65535 || height > 65535)
    throw std::runtime_error("a .gif has 65535 pixels at most in each direction");

  const Palette palette(frames);
  GifWriter gif;
  gif.head(width, height, palette);
  gif.repeat_for_ever();
  for (const Image& frame : frames) {
    assert(frame.width == width && frame.height == height && "GIF frames differ in size");
    gif.frame(width, height, palette.indices(frame), seconds);
  }
  return gif.finish();
}

}  // namespace backstep
