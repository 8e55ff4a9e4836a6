#include "app/platform/image.h"

#include <fcntl.h>
#include <gif_lib.h>
#include <stb_image.h>
#include <stb_image_write.h>

#include <cassert>
#include <cmath>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>

#include "app/platform/palette.h"

namespace backstep {

namespace {

std::runtime_error cannot(const char* what, const std::filesystem::path& path) {
  return std::runtime_error("The picture " + path.string() + " cannot be " + what + ".");
}

// A GifWriter is a GIF file being written; giflib answers every call with
// GIF_OK or GIF_ERROR, which becomes an exception here.
class GifWriter {
 public:
  explicit GifWriter(const std::filesystem::path& path) : path_(path) {
    int error = 0;
    // giflib itself would make a file that nobody else can read.
    const int handle = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (handle < 0) throw cannot("written", path);
    file_ = EGifOpenFileHandle(handle, &error);
    if (!file_) throw cannot("written", path);
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

  void close() {
    GifFileType* file = file_;
    file_ = nullptr;
    check(EGifCloseFile(file, nullptr));
  }

 private:
  void check(int answer) const {
    if (answer != GIF_OK) throw cannot("written", path_);
  }

  std::filesystem::path path_;
  GifFileType* file_ = nullptr;
};

}  // namespace

void write_png(const std::filesystem::path& path, const Image& image) {
  assert(image.rgba.size() == std::size_t(4) * image.width * image.height && "an image is torn");
  if (!stbi_write_png(path.c_str(), image.width, image.height, 4, image.rgba.data(),
                      4 * image.width)) {
    throw cannot("written", path);
  }
}

Image read_png(const std::filesystem::path& path) {
  Image image;
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
      stbi_load(path.c_str(), &image.width, &image.height, nullptr, 4), stbi_image_free);
  if (!pixels) throw cannot("read", path);
  image.rgba.assign(pixels.get(), pixels.get() + std::size_t(4) * image.width * image.height);
  return image;
}

void write_gif(const std::filesystem::path& path, const std::vector<Image>& frames,
               double seconds) {
  assert(!frames.empty() && "a GIF needs a frame");
  const int width = frames[0].width, height = frames[0].height;
  if (width > 65535 || height > 65535)
    throw cannot("written: a GIF has 65535 pixels at most", path);

  const Palette palette(frames);
  GifWriter gif(path);
  gif.head(width, height, palette);
  gif.repeat_for_ever();
  for (const Image& frame : frames) {
    assert(frame.width == width && frame.height == height && "GIF frames differ in size");
    gif.frame(width, height, palette.indices(frame), seconds);
  }
  gif.close();
}

}  // namespace backstep
