package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.store.LogEntry.Base;
import io.mcpaccess.openfga.embedded.store.LogEntry.KnownModel;
import io.mcpaccess.openfga.embedded.store.LogEntry.Listed;
import io.mcpaccess.openfga.embedded.store.LogEntry.Origin;
import io.mcpaccess.openfga.embedded.store.LogEntry.Owner;
import io.mcpaccess.openfga.embedded.store.LogEntry.Size;
import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes a whole state to the beginning of a new log. For one state. */
final class StateWriter {

    private static final int TUPLES_PER_FRAME = 1000;

    private final LogReplacement out;
    private final LogCodec codec = new LogCodec();
    private final TupleSnapshot tuples;
    private final BitSet written = new BitSet();
    private final Map<Origin, List<StoredTuple>> waiting = new EnumMap<>(Origin.class);

    StateWriter(LogReplacement out, TupleSnapshot tuples) {
        this.out = out;
        this.tuples = tuples;
        for (Origin origin : Origin.values()) {
            waiting.put(origin, new ArrayList<>());
        }
    }

    void begin(String owner, Base base, Map<String, AuthorizationModel> models) throws IOException {
        out.add(codec.encode(new Size(tuples.tableSize())));
        if (!owner.isEmpty()) {
            out.add(codec.encode(new Owner(owner)));
        }
        out.add(codec.encode(base));
        for (Map.Entry<String, AuthorizationModel> model : models.entrySet()) {
            ModelDocument document = new ModelDocument(model.getKey(), ModelReader.toJson(model.getValue()));
            out.add(codec.encode(new KnownModel(document)));
        }
    }

    /** Writes a tuple of the administrator's file, there or not. */
    void inFile(StoredTuple tuple) throws IOException {
        int row = TupleLookup.row(tuples, tuple);
        if (row == 0) {
            write(Origin.DELETED, tuple);
        } else if (!written.get(row)) {
            written.set(row);
            write(Origin.FILE, tuple);
        }
    }

    /** Writes all other tuples. */
    void end() throws IOException {
        for (int row = tuples.nextRow(0); row != 0; row = tuples.nextRow(row)) {
            if (!written.get(row)) {
                write(Origin.ADDED, tuples.tuple(row));
            }
        }
        for (Origin origin : Origin.values()) {
            flush(origin);
        }
    }

    private void write(Origin origin, StoredTuple tuple) throws IOException {
        waiting.get(origin).add(tuple);
        if (waiting.get(origin).size() == TUPLES_PER_FRAME) {
            flush(origin);
        }
    }

    private void flush(Origin origin) throws IOException {
        if (!waiting.get(origin).isEmpty()) {
            out.add(codec.encode(new Listed(origin, waiting.get(origin))));
            waiting.get(origin).clear();
        }
    }
}
