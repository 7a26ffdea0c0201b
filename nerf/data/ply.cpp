// PLY points: ASCII and both binary forms. Format: https://paulbourke.net/dataformats/ply/
#include "nerf/data/byte_reader.h"
#include "nerf/data/dataset.h"
#include "nerf/data/text_reader.h"

#include <cmath>
#include <optional>

namespace skyline::nerf {
namespace {

enum class Scalar { kInt8, kUint8, kInt16, kUint16, kInt32, kUint32, kFloat, kDouble };

struct Property {
  Scalar type = Scalar::kFloat;
  std::optional<Scalar> count_type;  // set for lists
  std::string name;
};

struct Element {
  std::string name;
  std::uint64_t count = 0;
  std::vector<Property> properties;
};

struct PlyHeader {
  bool ascii = false, big_endian = false;
  std::vector<Element> elements;
  std::size_t bytes = 0;  // of the header
  int lines = 0;
};

core::Error ply_error(const std::string& where, const std::string& problem) {
  return {"cannot read the points", where + ": " + problem, "write the PLY file again or remove it to go without points"};
}

std::optional<Scalar> scalar_of(std::string_view name) {
  if (name == "char" || name == "int8") return Scalar::kInt8;
  if (name == "uchar" || name == "uint8") return Scalar::kUint8;
  if (name == "short" || name == "int16") return Scalar::kInt16;
  if (name == "ushort" || name == "uint16") return Scalar::kUint16;
  if (name == "int" || name == "int32") return Scalar::kInt32;
  if (name == "uint" || name == "uint32") return Scalar::kUint32;
  if (name == "float" || name == "float32") return Scalar::kFloat;
  if (name == "double" || name == "float64") return Scalar::kDouble;
  return std::nullopt;
}

std::size_t size_of(Scalar type) {
  switch (type) {
    case Scalar::kInt8:
    case Scalar::kUint8:
      return 1;
    case Scalar::kInt16:
    case Scalar::kUint16:
      return 2;
    case Scalar::kDouble:
      return 8;
    default:
      return 4;
  }
}

template <class T>
bool read_as(ByteReader& reader, double& value) {
  T raw{};
  if (!reader.read(raw)) return false;
  value = static_cast<double>(raw);
  return true;
}

bool read_scalar(ByteReader& reader, Scalar type, double& value) {
  switch (type) {
    case Scalar::kInt8:
      return read_as<std::int8_t>(reader, value);
    case Scalar::kUint8:
      return read_as<std::uint8_t>(reader, value);
    case Scalar::kInt16:
      return read_as<std::int16_t>(reader, value);
    case Scalar::kUint16:
      return read_as<std::uint16_t>(reader, value);
    case Scalar::kInt32:
      return read_as<std::int32_t>(reader, value);
    case Scalar::kUint32:
      return read_as<std::uint32_t>(reader, value);
    case Scalar::kFloat:
      return read_as<float>(reader, value);
    case Scalar::kDouble:
      return read_as<double>(reader, value);
  }
  return false;
}

core::Result<PlyHeader> parse_header(std::string_view text, const std::string& where) {
  PlyHeader header;
  LineReader lines(text);
  std::string_view line;
  const auto broken = [&](const char* problem) { return ply_error(where + ", line " + std::to_string(lines.number()), problem); };
  if (!lines.next(line) || line != "ply") return broken("not a PLY file");

  bool has_format = false;
  while (lines.next(line)) {
    const std::string_view key = next_word(line);
    if (key == "end_header") {
      if (!has_format) return broken("no format");
      header.lines = lines.number();
      header.bytes = lines.position();
      return header;
    }
    if (key == "format") {
      const std::string_view format = next_word(line);
      header.ascii = format == "ascii";
      header.big_endian = format == "binary_big_endian";
      if (!header.ascii && !header.big_endian && format != "binary_little_endian") return broken("unknown format");
      has_format = true;
    } else if (key == "element") {
      Element element;
      element.name = next_word(line);
      if (element.name.empty() || !next_number(line, element.count)) return broken("broken element");
      header.elements.push_back(std::move(element));
    } else if (key == "property") {
      if (header.elements.empty()) return broken("property before any element");
      Property property;
      std::string_view type = next_word(line);
      if (type == "list") {
        property.count_type = scalar_of(next_word(line));
        if (!property.count_type) return broken("unknown type of a list");
        type = next_word(line);
      }
      const std::optional<Scalar> scalar = scalar_of(type);
      property.name = next_word(line);
      if (!scalar || property.name.empty()) return broken("broken property");
      property.type = *scalar;
      header.elements.back().properties.push_back(std::move(property));
    } else if (key != "comment" && key != "obj_info" && !key.empty()) {
      return broken("unknown header entry");
    }
  }
  return broken("the header does not end");
}

// What of a vertex is kept, in the order of the file's properties.
enum class Role { kIgnored, kX, kY, kZ, kRed, kGreen, kBlue };

struct VertexReader {
  std::vector<Role> roles;
  std::vector<double> colour_scale;  // 255 for colours stored as floats

  explicit VertexReader(const Element& element) {
    for (const Property& property : element.properties) {
      Role role = Role::kIgnored;
      const std::string& name = property.name;
      if (name == "x")
        role = Role::kX;
      else if (name == "y")
        role = Role::kY;
      else if (name == "z")
        role = Role::kZ;
      else if (name == "red" || name == "diffuse_red" || name == "r")
        role = Role::kRed;
      else if (name == "green" || name == "diffuse_green" || name == "g")
        role = Role::kGreen;
      else if (name == "blue" || name == "diffuse_blue" || name == "b")
        role = Role::kBlue;
      if (property.count_type) role = Role::kIgnored;
      roles.push_back(role);
      colour_scale.push_back(property.type == Scalar::kFloat || property.type == Scalar::kDouble ? 255.0 : 1.0);
    }
  }

  bool has_position() const {
    int found = 0;
    for (const Role role : roles) found += role == Role::kX || role == Role::kY || role == Role::kZ;
    return found == 3;
  }

  void set(SparsePoint& point, std::size_t property, double value) const {
    const auto colour = [&] {
      return static_cast<std::uint8_t>(std::isfinite(value) ? std::clamp(value * colour_scale[property], 0.0, 255.0) : 0.0);
    };
    switch (roles[property]) {
      case Role::kIgnored:
        break;
      case Role::kX:
        point.position.x = value;
        break;
      case Role::kY:
        point.position.y = value;
        break;
      case Role::kZ:
        point.position.z = value;
        break;
      case Role::kRed:
        point.colour.x = colour();
        break;
      case Role::kGreen:
        point.colour.y = colour();
        break;
      case Role::kBlue:
        point.colour.z = colour();
        break;
    }
  }
};

void keep_finite(const SparsePoint& point, std::vector<SparsePoint>& points) {
  if (std::isfinite(point.position.x) && std::isfinite(point.position.y) && std::isfinite(point.position.z)) points.push_back(point);
}

constexpr SparsePoint kGreyPoint{glm::dvec3(0.0), glm::u8vec3(128), 0};

// Reads one record; lists are read over.
bool read_binary_record(ByteReader& reader, const Element& element, const VertexReader* vertex, SparsePoint& point) {
  for (std::size_t i = 0; i < element.properties.size(); ++i) {
    const Property& property = element.properties[i];
    double value = 0;
    if (property.count_type) {
      if (!read_scalar(reader, *property.count_type, value) || !(value >= 0)) return false;
      const double bytes = value * static_cast<double>(size_of(property.type));
      if (bytes > static_cast<double>(reader.left()) || !reader.skip(static_cast<std::uint64_t>(bytes))) return false;
    } else {
      if (!read_scalar(reader, property.type, value)) return false;
      if (vertex != nullptr) vertex->set(point, i, value);
    }
  }
  return true;
}

core::Result<std::vector<SparsePoint>> parse_binary(std::span<const std::byte> body, const PlyHeader& header, const std::string& where) {
  ByteReader reader(body, header.big_endian);
  std::vector<SparsePoint> points;
  for (const Element& element : header.elements) {
    std::size_t least_bytes = 0;
    for (const Property& property : element.properties) least_bytes += size_of(property.count_type.value_or(property.type));
    if (element.count > 0 && (least_bytes == 0 || !reader.holds(element.count, least_bytes))) {
      return ply_error(where, std::to_string(element.count) + " records of '" + element.name + "' do not fit into the file");
    }
    const bool is_vertex = element.name == "vertex";
    const VertexReader vertex(element);
    if (is_vertex && !vertex.has_position()) return ply_error(where, "vertices without x, y, z");
    if (is_vertex) points.reserve(element.count);
    for (std::uint64_t i = 0; i < element.count; ++i) {
      SparsePoint point = kGreyPoint;
      if (!read_binary_record(reader, element, is_vertex ? &vertex : nullptr, point)) {
        return ply_error(where, "the file ends in record " + std::to_string(i) + " of '" + element.name + "' at byte " +
                                    std::to_string(header.bytes + reader.position()));
      }
      if (is_vertex) keep_finite(point, points);
    }
    if (is_vertex) return points;
  }
  return ply_error(where, "no vertices");
}

core::Result<std::vector<SparsePoint>> parse_ascii(std::string_view body, const PlyHeader& header, const std::string& where) {
  LineReader lines(body);
  std::string_view line;
  std::vector<SparsePoint> points;
  for (const Element& element : header.elements) {
    const bool is_vertex = element.name == "vertex";
    const VertexReader vertex(element);
    if (is_vertex && !vertex.has_position()) return ply_error(where, "vertices without x, y, z");
    if (element.count > body.size()) {
      return ply_error(where, std::to_string(element.count) + " records of '" + element.name + "' do not fit into the file");
    }
    for (std::uint64_t record = 0; record < element.count; ++record) {
      if (!lines.next(line)) return ply_error(where, "the file ends in record " + std::to_string(record) + " of '" + element.name + "'");
      if (!is_vertex) continue;
      SparsePoint point = kGreyPoint;
      for (std::size_t i = 0; i < element.properties.size(); ++i) {
        double value = 0;
        if (!next_number(line, value)) return ply_error(where, "broken number in line " + std::to_string(header.lines + lines.number()));
        if (element.properties[i].count_type) {
          for (double k = 0; k < value && !next_word(line).empty(); ++k) continue;
        } else {
          vertex.set(point, i, value);
        }
      }
      keep_finite(point, points);
    }
    if (is_vertex) return points;
  }
  return ply_error(where, "no vertices");
}

}  // namespace

core::Result<std::vector<SparsePoint>> parse_ply_points(std::span<const std::byte> content, const std::string& where) {
  const std::string_view text(reinterpret_cast<const char*>(content.data()), content.size());
  core::Result<PlyHeader> header = parse_header(text, where);
  if (!header) return header.error();
  const std::size_t begin = std::min(header->bytes, content.size());
  return header->ascii ? parse_ascii(text.substr(begin), *header, where) : parse_binary(content.subspan(begin), *header, where);
}

}  // namespace skyline::nerf
