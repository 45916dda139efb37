package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.util.List;
import java.util.Objects;

/**
 * A test of a store file, read and ready to be asked.
 *
 * @param name as the file has it, or {@code test 3} where it has none
 * @param description empty where there is none
 * @param place where it begins
 * @param view the file's model and tuples, and the tuples of this test
 * @param assertions what it expects, in the file's order; at least one
 */
public record StoreTest(String name, String description, Place place, StoreView view, List<Assertion> assertions) {
    public StoreTest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(view, "view");
        assertions = List.copyOf(assertions);
    }
}
