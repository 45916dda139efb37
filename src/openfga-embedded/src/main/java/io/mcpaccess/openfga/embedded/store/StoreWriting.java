package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.embedded.Change;
import io.mcpaccess.openfga.embedded.ChangeLog;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import io.mcpaccess.openfga.embedded.store.LogEntry.Changed;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an engine's changes on the disk. The first takes the store's lock; a change is on the disk before it counts, and what cannot be
 * kept does not happen. Used with the engine's write lock held.
 */
final class StoreWriting implements ChangeLog {

    /** A log is written anew when its changes are longer than its state, and than this. */
    static final long SMALL_LOG = 4L * 1024 * 1024;

    /** How long a first write waits for an engine that is being replaced to give the lock back. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOGGER = LoggerFactory.getLogger(StoreWriting.class);

    private final StoreFiles files;
    private final Clock clock;
    private final RandomGenerator random;
    private final long smallLog;
    private final Ownership ownership;
    private final WriteTrouble trouble;
    private final LogCodec codec = new LogCodec();
    private EmbeddedEngine engine;
    private FollowedFiles followed;
    private WriterLock lock;
    private LogWriter writer;

    /**
     * Writes nothing before {@link #of} has said what.
     *
     * @param files where the store is
     * @param clock tells the time for the lock's note
     * @param random names logs
     * @param ownership whose store it is
     * @param trouble told what a write failed of
     * @param smallLog the length from which a log may be written anew
     */
    StoreWriting(
            StoreFiles files,
            Clock clock,
            RandomGenerator random,
            Ownership ownership,
            WriteTrouble trouble,
            long smallLog) {
        this.files = files;
        this.clock = clock;
        this.random = random;
        this.ownership = ownership;
        this.trouble = trouble;
        this.smallLog = smallLog;
    }

    /** Says whose changes are kept, and what was read of the files. The engine is made with its change log, so it comes second. */
    void of(EmbeddedEngine changed, FollowedFiles read) {
        engine = changed;
        followed = read;
    }

    /** Whether this engine is the one that writes. */
    boolean isWriter() {
        return writer != null;
    }

    /** Reads everything, and goes on writing where this engine wrote before. */
    void readAnew() throws IOException {
        followed.load();
        if (writer != null) {
            closeWriter();
            writer = followed.log() == null ? null : LogWriter.after(files.log(), followed.log());
        }
    }

    /** Writes the log anew where it has become long, or does not have the administrator's files as they are now. */
    void tidy() throws IOException {
        if (writer != null && (!followed.isRecorded() || isLong())) {
            writeAnew();
        }
    }

    @Override
    public void prepare() {
        try {
            becomeWriter();
        } catch (BackendException e) {
            throw e;
        } catch (StoreLockedException e) {
            throw unavailable(e.getMessage(), e);
        } catch (Throwable e) {
            throw notWritten("The store cannot be written: ", e);
        }
    }

    @Override
    public void keep(Change change) {
        try {
            writer.append(codec.encode(new Changed(List.of(change))));
            trouble.over();
        } catch (Throwable e) {
            throw notWritten(files.log().getFileName() + " cannot be written: ", e);
        }
    }

    @Override
    public void lost() {
        closeWriter();
        followed.markStale(Duration.ZERO);
    }

    /** A log that was restored from a backup, or removed, under our hands must not be written on. */
    void dropReplaced() throws IOException {
        if (writer != null && !isOurs()) {
            LOGGER.warn("{} was replaced from outside while it was written; it is read anew", files.log());
            closeWriter();
            readAnew();
        }
    }

    private boolean isOurs() throws IOException {
        FileStamp now = FileStamp.of(files.log());
        return now != null
                && now.size() == writer.size()
                && LogReader.headerOf(files.log()).equals(followed.log().header());
    }

    private boolean isLong() {
        long state = followed.log().header().stateEnd();
        return writer.size() - state > Math.max(state, smallLog);
    }

    /** First what must be done, which needs no memory; then what is told. */
    private BackendException notWritten(String what, Throwable e) {
        closeWriter();
        followed.markStale(Duration.ZERO);
        if (e instanceof Error error) {
            throw error;
        }
        String text = what + files.withoutPaths(String.valueOf(e.getMessage()));
        trouble.met(text);
        return unavailable(text, e);
    }

    private BackendException unavailable(String text, Throwable e) {
        return new BackendException(BackendException.Problem.UNAVAILABLE, files.withoutPaths(text), e);
    }

    private void becomeWriter() throws IOException {
        requireOwn();
        if (lock == null) {
            PrivateFiles.createDirectories(files.directory());
            lock = WriterLock.acquire(files.lock(), PATIENCE, clock.instant());
        }
        if (followed.isStale()) {
            readAnew();
        }
        dropReplaced();
        ownership.refresh();
        ownership.adopt(true);
        requireOwn();
        if (writer == null) {
            followed.follow(true);
            LogReader log = followed.log();
            if (log == null || !log.header().hasMark() || !followed.isRecorded()) {
                writeAnew();
            } else {
                writer = LogWriter.after(files.log(), log);
            }
        }
    }

    private void requireOwn() {
        ownership.refusal().ifPresent(why -> {
            throw new BackendException(BackendException.Problem.UNAVAILABLE, why);
        });
    }

    /** Writes the present state to a new log. When that fails, the old one is as good as before. */
    private void writeAnew() throws IOException {
        LogReader log = followed.log();
        boolean continues = log != null && followed.isRecorded();
        try (LogReplacement out = new LogReplacement(files.log())) {
            StateWriter state = new StateWriter(out, engine.tuples());
            state.begin(ownership.owner(), followed.taken(), engine.models());
            if (continues) {
                followed.copyRecorded(state);
            } else if (!followed.taken().files().isEmpty()) {
                followed.copySource(state);
            }
            state.end();
            long generation = random.nextLong() | 1;
            out.commit(
                    generation,
                    continues ? log.header().generation() : 0,
                    continues ? writer == null ? log.sequence() : writer.sequence() : 0);
        }
        closeWriter();
        followed.goOnWithNewLog();
        writer = LogWriter.after(files.log(), followed.log());
    }

    /** After this the log is read again before anything is written: what stands at its end is not known here. */
    private void closeWriter() {
        if (writer != null) {
            Closing.quietly(writer);
            writer = null;
            followed.forgetEnd();
        }
    }

    /** Gives log and lock back. */
    void close() {
        closeWriter();
        if (lock != null) {
            Closing.quietly(lock);
            lock = null;
        }
    }
}
