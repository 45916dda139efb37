package io.mcpaccess.registry.map;

import io.mcpaccess.registry.look.StyleSheet;

/** The style sheet of the map's page: the shared look and {@code map.css}. */
final class MapStyle {

    static final StyleSheet SHEET = StyleSheet.of(MapStyle.class, "map.css");

    private MapStyle() {}
}
