package io.mcpaccess.openfga;

import java.util.Objects;

/**
 * An authorization model.
 *
 * @param id its ULID
 * @param json the model in OpenFGA's JSON (snake_case, with {@code id})
 */
public record ModelDocument(String id, String json) {

    /** Neither part is null. */
    public ModelDocument {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(json, "json");
    }
}
