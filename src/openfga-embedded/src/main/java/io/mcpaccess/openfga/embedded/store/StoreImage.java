package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.Change;
import io.mcpaccess.openfga.embedded.StoreContent;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.store.LogEntry.Base;
import io.mcpaccess.openfga.embedded.store.LogEntry.Changed;
import io.mcpaccess.openfga.embedded.store.LogEntry.KnownModel;
import io.mcpaccess.openfga.embedded.store.LogEntry.Listed;
import io.mcpaccess.openfga.embedded.store.LogEntry.Origin;
import io.mcpaccess.openfga.embedded.store.LogEntry.Owner;
import io.mcpaccess.openfga.embedded.store.LogEntry.Size;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import io.mcpaccess.openfga.embedded.tuples.TupleTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A store while it is put together from its files. For one thread. */
final class StoreImage {

    private final Map<String, AuthorizationModel> models = new LinkedHashMap<>();
    private TupleTable table = new TupleTable(new Symbols());
    private Base base = Base.none();
    private String owner = "";

    /** The administrator's file as this state has taken it in. */
    Base base() {
        return base;
    }

    /** The domain that the log names as the store's owner; empty when it names none. */
    String owner() {
        return owner;
    }

    List<StoreContent.Model> models() {
        return models.entrySet().stream()
                .map(model -> new StoreContent.Model(model.getKey(), model.getValue()))
                .toList();
    }

    /** The tuples. The caller has the table to itself; this image is not used any more. */
    TupleTable table() {
        table.commit();
        table.trim();
        return table;
    }

    /** Takes the next entry of a log in. */
    void take(LogEntry entry) {
        if (entry instanceof Size size) {
            table = new TupleTable(new Symbols(), size.size());
        } else if (entry instanceof Owner named) {
            owner = named.domain();
        } else if (entry instanceof Base taken) {
            base = taken;
        } else if (entry instanceof KnownModel known) {
            models.put(known.model().id(), read(known.model()));
        } else if (entry instanceof Listed listed) {
            if (listed.origin() != Origin.DELETED) {
                listed.tuples().forEach(table::add);
            }
        } else if (entry instanceof Changed changed) {
            changed.changes().forEach(this::apply);
        }
    }

    /** The text of the administrator's model has its lines and comments, which the JSON has not. */
    private AuthorizationModel read(ModelDocument model) {
        boolean isWritten =
                model.id().equals(base.modelId()) && !base.modelText().isEmpty();
        return isWritten ? ModelReader.fromDsl(base.modelText()) : ModelReader.fromJson(model.json());
    }

    private void apply(Change change) {
        if (change instanceof Change.Model model) {
            makeLatest(model.id(), ModelReader.fromJson(model.json()));
        } else if (change instanceof Change.Tuples tuples) {
            tuples.deletes().forEach(table::delete);
            tuples.writes().forEach(this::put);
        }
    }

    private void makeLatest(String id, AuthorizationModel model) {
        models.remove(id);
        models.put(id, model);
    }

    private void put(StoredTuple tuple) {
        table.delete(tuple.key());
        table.add(tuple);
    }

    /**
     * Takes a hand edit in: what it has changed against the file as it was is changed here too, and nothing else.
     *
     * @param edited the file as it is
     * @param before its tuples as they were
     */
    void merge(SourceImage edited, TupleSnapshot before) {
        String id = edited.base().modelId();
        edited.model().ifPresent(model -> {
            if (!id.equals(base.modelId()) || models.isEmpty()) {
                makeLatest(id, model);
            } else {
                models.replace(id, model);
            }
        });
        base = edited.base();
        TupleSnapshot after = edited.table().current();
        table.commit();
        if (before.size() == 0 && table.current().size() == 0) {
            table = edited.table();
            return;
        }
        for (int row = before.nextRow(0); row != 0; row = before.nextRow(row)) {
            TupleKey key = before.tuple(row).key();
            if (TupleLookup.row(after, key) == 0) {
                table.delete(key);
            }
        }
        for (int row = after.nextRow(0); row != 0; row = after.nextRow(row)) {
            StoredTuple tuple = after.tuple(row);
            if (TupleLookup.row(before, tuple) == 0) {
                put(tuple);
            }
        }
    }
}
