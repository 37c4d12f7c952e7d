// SPDX-License-Identifier: Apache-2.0
#include "card.hpp"

#include <librsvg/rsvg.h>

#include <memory>

#include "tenbin/core/problem.hpp"

namespace tenbin::cli {

std::string png_of(const std::string& svg, const std::filesystem::path& path) {
  const auto fail = [&](const std::string& what) {
    throw Error(
        {{path.string(), "the picture cannot be drawn: " + what, "Write the page without --card"}},
        Error::Reason::output);
  };
  GError* error = nullptr;
  const std::unique_ptr<RsvgHandle, decltype(&g_object_unref)> drawing(
      rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error),
      g_object_unref);
  if (!drawing) {
    const std::string what = error ? error->message : "no memory";
    g_clear_error(&error);
    fail(what);
  }
  double width = 0, height = 0;
  rsvg_handle_get_intrinsic_size_in_pixels(drawing.get(), &width, &height);
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width),
                                 static_cast<int>(height)),
      cairo_surface_destroy);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> pen(cairo_create(surface.get()),
                                                               cairo_destroy);
  const RsvgRectangle whole{0, 0, width, height};
  if (!rsvg_handle_render_document(drawing.get(), pen.get(), &whole, &error)) {
    const std::string what = error ? error->message : "no reason given";
    g_clear_error(&error);
    fail(what);
  }
  std::string png;
  const auto append = [](void* to, const unsigned char* bytes, unsigned int count) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
  };
  if (const cairo_status_t status = cairo_surface_write_to_png_stream(surface.get(), append, &png);
      status != CAIRO_STATUS_SUCCESS)
    fail(cairo_status_to_string(status));
  return png;
}

}  // namespace tenbin::cli
