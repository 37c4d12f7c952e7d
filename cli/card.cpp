// SPDX-License-Identifier: Apache-2.0
#include "card.hpp"

#include <librsvg/rsvg.h>
#include <unistd.h>

#include <memory>
#include <new>
#include <string_view>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/in_child.hpp"

namespace tenbin::cli {

namespace card_drawing {

// Seconds; a drawing takes less than one. Pango waits for ever for a thread that had no memory.
constexpr unsigned longest_drawing = 30;

struct CannotBeDrawn {
  std::string why;
};

[[noreturn]] void fail(GError* error) {
  const std::string_view words = error ? error->message : "no reason given";
  if (words.find("NoMemory") != std::string_view::npos) throw std::bad_alloc();  // as cairo has it
  throw CannotBeDrawn{std::string(words)};
}
void require(cairo_status_t status) {
  if (status == CAIRO_STATUS_NO_MEMORY) throw std::bad_alloc();
  if (status != CAIRO_STATUS_SUCCESS) throw CannotBeDrawn{cairo_status_to_string(status)};
}

std::string drawn(const std::string& svg) {
  GError* error = nullptr;
  const std::unique_ptr<RsvgHandle, decltype(&g_object_unref)> drawing(
      rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error),
      g_object_unref);
  if (!drawing) fail(error);
  double width = 0, height = 0;
  rsvg_handle_get_intrinsic_size_in_pixels(drawing.get(), &width, &height);
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width),
                                 static_cast<int>(height)),
      cairo_surface_destroy);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> pen(cairo_create(surface.get()),
                                                               cairo_destroy);
  require(cairo_status(pen.get()));
  const RsvgRectangle whole{0, 0, width, height};
  if (!rsvg_handle_render_document(drawing.get(), pen.get(), &whole, &error)) fail(error);
  require(cairo_status(pen.get()));  // of what the library drew without looking
  require(cairo_surface_status(surface.get()));
  std::string png;
  const auto append = [](void* to, const unsigned char* bytes, unsigned int count) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
  };
  require(cairo_surface_write_to_png_stream(surface.get(), append, &png));
  return png;
}

}  // namespace card_drawing

// GLib ends a program whose memory is short: the drawing is done in a process of its own. What
// draws letters leaves out those for which it lacks memory: another drawing must come out the same.
std::string png_of(const std::string& svg, const std::filesystem::path& path) {
  using namespace card_drawing;
  const auto draw = [&]() -> std::string {
    ::alarm(longest_drawing);
    try {
      return "+" + drawn(svg);
    } catch (const CannotBeDrawn& reason) {
      return "-" + reason.why;
    }
  };
  std::string answer = in_child(draw);
  if (in_child(draw) != answer) throw std::bad_alloc();
  const bool good = answer[0] == '+';
  answer.erase(0, 1);
  if (good) return answer;
  throw Error(
      {{path.string(), "the picture cannot be drawn: " + answer, "Write the page without --card"}},
      Error::Reason::output);
}

}  // namespace tenbin::cli
