package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import io.mcpaccess.openfga.embedded.store.TestedStore.Addition;
import java.util.List;

/** A test as it stands in the file, before its tuples are held against the model. */
record WrittenTest(String name, String description, Place place, List<Addition> tuples, List<Assertion> assertions) {}
