package io.mcpaccess.registry;

import io.mcpaccess.registry.plan.InvalidDeclarationException;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;

/** In which form the map is answered. */
enum MapFormat {
    JSON("application/json"),
    HTML("text/html"),
    CSV("text/csv");

    private final MediaType type;

    MapFormat(String type) {
        this.type = MediaType.valueOf(type);
    }

    /**
     * Chooses a form.
     *
     * @param format {@code format} of the query, which wins; may be null
     * @param accepted what the client accepts, the dearest first; {@code *}{@code /*} means JSON
     */
    static MapFormat of(String format, List<MediaType> accepted) {
        if (format != null && !format.isEmpty()) {
            for (MapFormat each : values()) {
                if (each.name().toLowerCase(Locale.ROOT).equals(format)) {
                    return each;
                }
            }
            throw new InvalidDeclarationException("format must be json, html or csv.");
        }
        for (MediaType wanted : accepted) {
            for (MapFormat each : values()) {
                if (wanted.isCompatible(each.type)) {
                    return each;
                }
            }
        }
        return JSON;
    }

    String contentType() {
        return type.getType() + "/" + type.getSubtype() + ";charset=utf-8";
    }
}
