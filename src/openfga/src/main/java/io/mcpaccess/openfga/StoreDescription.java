package io.mcpaccess.openfga;

import java.util.Objects;

/**
 * A store's name tag.
 *
 * @param id the store's id; for the embedded store the name of its file
 * @param name the name that people gave it
 */
public record StoreDescription(String id, String name) {

    /** Neither part is null. */
    public StoreDescription {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
    }
}
