package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.util.List;

/** A test as it stands in the file, before its tuples are held against the model. */
record WrittenTest(String name, String description, Place place, List<Addition> tuples, List<Assertion> assertions) {

    /** A tuple that counts in this test alone. */
    record Addition(StoredTuple tuple, Place place) {}
}
