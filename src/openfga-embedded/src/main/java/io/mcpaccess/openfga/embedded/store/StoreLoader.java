package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.store.LogEntry.Base;
import io.mcpaccess.openfga.embedded.store.LogEntry.Listed;
import io.mcpaccess.openfga.embedded.store.LogEntry.Origin;
import io.mcpaccess.openfga.embedded.store.LogEntry.Size;
import io.mcpaccess.openfga.embedded.store.LogEntry.SourceFile;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import io.mcpaccess.openfga.embedded.tuples.TupleTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Works a store's state out from its files alone, so that all nodes come to the same one: the log's state, and what the
 * administrator's file has changed since the log took it in. Thread-safe.
 */
final class StoreLoader {

    private final StoreFiles files;
    private final StoreFileReader source = new StoreFileReader();
    private final LogCodec codec = new LogCodec();

    StoreLoader(StoreFiles files) {
        this.files = files;
    }

    /**
     * A state and where it comes from.
     *
     * @param image the state
     * @param recorded the administrator's file as the log has it; the image may have a newer one
     * @param log the log, read to its end; null when there is none
     * @param named all files that the administrator may write
     * @param problem why the administrator's file was left out of account, if it was
     */
    record Loaded(StoreImage image, Base recorded, LogReader log, Set<String> named, Optional<String> problem) {}

    /**
     * Reads a store.
     *
     * @return the state; the caller closes its log
     * @throws CorruptLogException when the log is damaged
     * @throws StoreFileException when there is no log yet and the administrator's file cannot be used
     */
    Loaded load() throws IOException {
        StoreNames.check(files);
        LogReader log = openLog();
        try {
            StoreImage image = new StoreImage();
            if (log != null) {
                for (LogEntry entry = next(log); entry != null; entry = next(log)) {
                    take(image, entry instanceof Size size ? size.atMost(log.length()) : entry);
                }
            }
            Base recorded = image.base();
            Set<String> named = new HashSet<>(Set.of(files.storeFile()));
            recorded.files().forEach(file -> named.add(file.name()));
            Optional<String> problem = mergeSource(image, named, log != null);
            return new Loaded(image, recorded, log, named, problem);
        } catch (IOException | RuntimeException e) {
            if (log != null) {
                log.close();
            }
            throw e;
        }
    }

    private Optional<String> mergeSource(StoreImage image, Set<String> named, boolean hasLog) throws IOException {
        try {
            if (!hasLog && FileStamp.of(files.source()) == null) {
                return Optional.of(
                        files.source() + " is not there; the store is empty until it is, or a model is added");
            }
            if (!isOnDisk(image.base())) {
                SourceImage edited = SourceImage.read(source, files, named);
                image.merge(edited, recordedTuples(image.base()));
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of(files.source() + " is not there; the store stays as it was last");
        } catch (CorruptLogException e) {
            throw e;
        } catch (IOException e) {
            if (!hasLog) {
                throw e;
            }
            return Optional.of(e.getMessage() + " (until this is put right, the file counts as it was before)");
        }
    }

    /** Whether the administrator's files are those that a state has taken in. */
    boolean isOnDisk(Base base) throws IOException {
        for (SourceFile file : base.files()) {
            try {
                byte[] bytes = Files.readAllBytes(files.directory().resolve(file.name()));
                if (!StoreFileReader.digest(bytes).equals(file.digest())) {
                    return false;
                }
            } catch (NoSuchFileException e) {
                return false;
            }
        }
        return !base.files().isEmpty() || FileStamp.of(files.source()) == null;
    }

    /** The tuples of the administrator's file as the log has them. */
    private TupleSnapshot recordedTuples(Base recorded) throws IOException {
        TupleTable table = new TupleTable(new Symbols());
        if (!recorded.files().isEmpty()) {
            eachRecorded(listed -> listed.tuples().forEach(table::add));
        }
        table.commit();
        return table.current();
    }

    /** Takes tuples from the beginning of a log. */
    @FunctionalInterface
    interface ListedTuples {
        void take(Listed listed) throws IOException;
    }

    /** Reads those tuples of the log's state that are in the administrator's file. */
    void eachRecorded(ListedTuples taker) throws IOException {
        try (LogReader log = LogReader.open(files.log())) {
            while (log.isInState()) {
                if (next(log) instanceof Listed listed && listed.origin() != Origin.ADDED) {
                    taker.take(listed);
                }
            }
        }
    }

    /** Reads the administrator's file again, without checking it; gives what was read. */
    List<SourceFile> eachInSource(TupleParser.Sink sink) throws IOException {
        return source.read(files, new HashSet<>(), new StoreFileReader.Taker() {
                    @Override
                    public void model(ModelText model) {}

                    @Override
                    public void tuple(StoredTuple tuple, StoreFileException.Place place) throws StoreFileException {
                        sink.tuple(tuple, place);
                    }
                })
                .files();
    }

    private LogReader openLog() throws IOException {
        try {
            return LogReader.open(files.log());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** The next entry of a log, or null at its end. */
    LogEntry next(LogReader log) throws IOException {
        long offset = log.offset();
        Optional<byte[]> payload = log.next();
        if (payload.isEmpty()) {
            return null;
        }
        try {
            return codec.decode(payload.get());
        } catch (JsonProcessingException | RuntimeException e) {
            throw unreadable(offset, e);
        }
    }

    private void take(StoreImage image, LogEntry entry) throws IOException {
        try {
            image.take(entry);
        } catch (RuntimeException e) {
            throw unreadable(0, e);
        }
    }

    private IOException unreadable(long offset, Exception e) {
        Path log = files.log();
        return new IOException(
                log + ": what stands " + (offset == 0 ? "there" : "at byte " + offset)
                        + " is not damaged, but this version cannot read it; was it written by a newer one? "
                        + e.getMessage(),
                e);
    }
}
