package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.embedded.Change;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import io.mcpaccess.openfga.embedded.store.LogEntry.Base;
import io.mcpaccess.openfga.embedded.store.LogEntry.Changed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an engine has read of its store's files, and how far: the log, and the administrator's files. Takes in what others have written.
 * Used with the engine's write lock held.
 */
final class FollowedFiles {

    private static final Logger LOGGER = LoggerFactory.getLogger(FollowedFiles.class);

    private final StoreFiles files;
    private final EmbeddedEngine engine;
    private final Ownership ownership;
    private final Consumer<String> problems;
    private final StoreLoader loader;
    private final SourceWatch watch;
    private LogReader log;
    private FileStamp logStamp;
    private Base recorded;
    private Base taken;
    private boolean isStale;
    private long nextTry;
    private volatile boolean isRead;

    /**
     * Files of which nothing is read yet.
     *
     * @param files where they are
     * @param engine takes what is read
     * @param ownership told whose store the log says that it is
     * @param problems told what keeps the engine from being as the files say; empty when nothing does
     */
    FollowedFiles(StoreFiles files, EmbeddedEngine engine, Ownership ownership, Consumer<String> problems) {
        this.files = files;
        this.engine = engine;
        this.ownership = ownership;
        this.problems = problems;
        this.loader = new StoreLoader(files);
        this.watch = new SourceWatch(files.directory());
    }

    /** Whether everything was read at least once. For any thread. */
    boolean isRead() {
        return isRead;
    }

    /** Whether what the engine holds may not be what the files say, until they are read as a whole. */
    boolean isStale() {
        return isStale;
    }

    /** Whether it is too early to read the files as a whole again. */
    boolean isToWait() {
        return System.nanoTime() - nextTry < 0;
    }

    /** What the engine holds counts no more from now on; the next reading is due after a while. */
    void markStale(Duration until) {
        isStale = true;
        nextTry = System.nanoTime() + until.toNanos();
    }

    /** The log, read to where the engine is; null when there is none. */
    LogReader log() {
        return log;
    }

    /** The administrator's files as the engine has them. */
    Base taken() {
        return taken;
    }

    /** Whether the log has taken in the administrator's files as the engine has them. */
    boolean isRecorded() {
        return taken.equals(recorded);
    }

    /** Whether the administrator's files have changed, so that everything must be read again. */
    boolean hasNewSource() throws IOException {
        if (!watch.mayHaveChanged()) {
            return false;
        }
        if (loader.isOnDisk(taken)) {
            problems.accept("");
            return false;
        }
        return true;
    }

    /** Reads everything. The engine keeps what it has when that fails. */
    void load() throws IOException {
        logStamp = FileStamp.of(files.log());
        ownership.refresh();
        StoreLoader.Loaded loaded = loader.load();
        ownership.read(loaded.image().owner());
        close();
        log = loaded.log();
        recorded = loaded.recorded();
        taken = loaded.image().base();
        watch.haveRead(loaded.named());
        engine.replace(name(), loaded.image().models(), loaded.image().table());
        isStale = false;
        isRead = true;
        problems.accept(loaded.problem().orElse(""));
    }

    private String name() {
        return taken.name().isEmpty() ? files.storeFile() : taken.name();
    }

    /** Reads on in the log, also where it was replaced by a new one. */
    void follow(boolean always) throws IOException {
        FileStamp now = FileStamp.of(files.log());
        if (now == null && log == null || !always && now != null && now.equals(logStamp)) {
            return;
        }
        if (now == null || log == null) {
            load();
            return;
        }
        replayRest();
        LogReader latest = LogReader.open(files.log());
        if (latest.header().equals(log.header())) {
            latest.close();
        } else {
            replayRest();
            boolean continues = latest.header().continues() == log.header().generation()
                    && latest.header().continuesAt() == log.sequence();
            if (!continues) {
                latest.close();
                load();
                return;
            }
            close();
            log = latest;
            log.skipState();
            replayRest();
        }
        logStamp = now;
    }

    private void replayRest() throws IOException {
        List<Change> changes = new ArrayList<>();
        for (LogEntry entry = loader.next(log); entry != null; entry = loader.next(log)) {
            if (entry instanceof Changed changed) {
                changes.addAll(changed.changes());
            }
        }
        if (!changes.isEmpty()) {
            engine.replay(changes);
        }
    }

    /** Writes those tuples of the log's state that are in the administrator's files to another state. */
    void copyRecorded(StateWriter state) throws IOException {
        loader.eachRecorded(listed -> {
            for (var tuple : listed.tuples()) {
                state.inFile(tuple);
            }
        });
    }

    /** Writes the tuples of the administrator's files, as they stand there now, to a state. */
    void copySource(StateWriter state) throws IOException {
        List<IOException> failures = new ArrayList<>(1);
        List<LogEntry.SourceFile> read = loader.eachInSource((tuple, place) -> {
            try {
                state.inFile(tuple);
            } catch (IOException e) {
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        if (!read.equals(taken.files())) {
            throw new IOException(files.source() + " is being edited; try again in a second");
        }
    }

    /** Goes on with a new log that holds the engine's state, which has just been written. */
    void goOnWithNewLog() throws IOException {
        close();
        log = LogReader.open(files.log());
        log.skipState();
        logStamp = null;
        recorded = taken;
    }

    /** What stands at the end of the log is not known: the next look reads on. */
    void forgetEnd() {
        logStamp = null;
    }

    /** Gives the log back. */
    void close() {
        if (log != null) {
            Closing.quietly(log);
            log = null;
        }
    }
}
