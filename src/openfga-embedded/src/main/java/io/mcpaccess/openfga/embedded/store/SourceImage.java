package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.Ulids;
import io.mcpaccess.openfga.embedded.evaluation.ModelPlan;
import io.mcpaccess.openfga.embedded.evaluation.RequestRules;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.store.LogEntry.Base;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TableSize;
import io.mcpaccess.openfga.embedded.tuples.TupleTable;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The administrator's file, read and found good: its tuples are such as its model allows. For one thread. */
final class SourceImage implements StoreFileReader.Taker {

    private final Symbols symbols = new Symbols();
    private TupleTable table = new TupleTable(symbols);
    private boolean hasTuples;
    private AuthorizationModel model;
    private String modelText = "";
    private RequestRules rules;
    private Base base;

    SourceImage() {}

    /**
     * Reads a store file.
     *
     * @param named takes the names of all files that were looked for, whether reading succeeds or not
     * @throws StoreFileException when it cannot be used as it is
     */
    static SourceImage read(StoreFileReader reader, StoreFiles files, Set<String> named) throws IOException {
        SourceImage image = new SourceImage();
        StoreFileReader.Contents contents = reader.read(files, named, image);
        image.complete();
        // The same model has the same id on both nodes and after a start, so that a configuration can be pinned to it.
        String modelId = image.model == null ? "" : Ulids.ofContent(ModelReader.toJson(image.model));
        image.base = new Base(contents.name(), modelId, image.modelText, contents.files());
        return image;
    }

    /** All tuples are in. */
    void complete() {
        table.commit();
        table.trim();
    }

    Base base() {
        return base;
    }

    /** Empty when the file has no model. */
    Optional<AuthorizationModel> model() {
        return Optional.ofNullable(model);
    }

    TupleTable table() {
        return table;
    }

    @Override
    public void model(ModelText text) throws StoreFileException {
        try {
            model = text.read();
            modelText = text.isJson() ? "" : text.text();
            rules = new RequestRules(ModelPlan.compile(model, symbols));
        } catch (InvalidModelException e) {
            InvalidModelException.Fault first = e.faults().get(0);
            String others = e.faults().stream()
                    .skip(1)
                    .map(fault -> "; " + text.place(fault.line(), fault.column()) + ": " + fault.message())
                    .collect(Collectors.joining());
            throw new StoreFileException(
                    text.place(first.line(), first.column()),
                    first.message() + others,
                    text.modules().isEmpty()
                            ? "this is no authorization model"
                            : "this is no part of an authorization model, which begins with \"module NAME\"");
        }
    }

    @Override
    public void expect(int tuples) {
        if (!hasTuples) {
            table = new TupleTable(symbols, TableSize.of(tuples));
        }
    }

    @Override
    public void tuple(StoredTuple tuple, Place place) throws StoreFileException {
        if (rules == null) {
            throw new StoreFileException(
                    place, "there is no model to check this tuple against: give model or model_file");
        }
        try {
            rules.checkWrite(tuple);
        } catch (OpenFgaException e) {
            throw new StoreFileException(place, e.error().message());
        }
        hasTuples = true;
        if (!table.holds(tuple.key())) {
            table.add(tuple);
        } else if (!TupleLookup.holds(table, tuple)) {
            throw new StoreFileException(place, "the same tuple is there with another condition");
        }
    }
}
