package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.embedded.Change;
import io.mcpaccess.openfga.embedded.ChangeLog;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import io.mcpaccess.openfga.embedded.StoreContent;
import io.mcpaccess.openfga.embedded.Ulids;
import io.mcpaccess.openfga.embedded.backend.EmbeddedBackend;
import io.mcpaccess.openfga.embedded.store.LogEntry.Base;
import io.mcpaccess.openfga.embedded.store.LogEntry.Changed;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that survives: an {@link EmbeddedEngine} with its files.
 *
 * <p>Opening it reads alone. From then on a thread of its own looks at the files every {@link #LOOK} and takes in what
 * another node has written or a person has edited. The first write takes the store's lock, which is kept until
 * {@link #close}; a change is on the disk before the engine's {@code write} or {@code addModel} returns, and no reader
 * of this engine sees it earlier. What cannot be kept does not happen and fails with a {@link BackendException}.
 *
 * <p>Thread-safe: everything behind the engine's write lock.
 */
public final class DurableStore implements EmbeddedBackend.Keeper, AutoCloseable {

    /** How often the files are looked at. */
    static final Duration LOOK = Duration.ofMillis(200);

    /** How long a first write waits for an engine that is being replaced to give the lock back. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** How long after a failure the files are read again. */
    private static final Duration NEXT_TRY = Duration.ofSeconds(1);

    /** A log is written anew when its changes are longer than its state, and than this. */
    private static final long SMALL_LOG = 4L * 1024 * 1024;

    private static final Logger LOGGER = LoggerFactory.getLogger(DurableStore.class);

    private final StoreFiles files;
    private final Clock clock;
    private final RandomGenerator random;
    private final long smallLog;
    private final StoreLoader loader;
    private final LogCodec codec = new LogCodec();
    private final SourceWatch watch;
    private final EmbeddedEngine engine;
    private final SupervisedLoop looker;
    private final Ownership ownership;
    private final Currency currency;
    private final WriteTrouble trouble;
    private LogReader log;
    private FileStamp logStamp;
    private Base recorded;
    private Base taken;
    private WriterLock lock;
    private LogWriter writer;
    private boolean isStale;
    private long nextTry;
    private String reported = "";
    private volatile String problem = "";
    private volatile boolean isRead;
    private volatile boolean isClosed;

    private DurableStore(
            StoreFiles files, Clock clock, RandomGenerator random, Tenant tenant, Duration maxAge, long smallLog) {
        this.files = files;
        this.clock = clock;
        this.random = random;
        this.smallLog = smallLog;
        this.loader = new StoreLoader(files);
        this.watch = new SourceWatch(files.directory());
        this.engine = new EmbeddedEngine(
                new StoreContent(files.storeFile(), List.of(), List.of()), new Log(), new Ulids(clock, random));
        this.ownership = new Ownership(files, tenant);
        this.currency = new Currency(clock, maxAge);
        this.trouble = new WriteTrouble(files);
        this.looker = new SupervisedLoop(
                "mcp-store-" + files.storeFile(),
                LOOK,
                () -> engine.withoutWrites(this::look),
                this::failed,
                () -> engine.withoutWrites(this::giveBack));
    }

    /**
     * Opens a store for reading and, later, writing. Nothing is written, and no lock is taken.
     *
     * @param files where it is; neither the directory nor the files need to be there
     * @param clock tells the time for model ids and the lock's note
     * @param random makes model ids
     * @return the store
     * @throws CorruptLogException when the log is damaged; says where
     * @throws StoreFileException when there is no log yet and the store file has a fault; says where
     * @throws IOException when a file cannot be read
     */
    public static DurableStore open(StoreFiles files, Clock clock, RandomGenerator random) throws IOException {
        return open(files, clock, random, SMALL_LOG);
    }

    /** As {@link #open(StoreFiles, Clock, RandomGenerator)}, with another length from which a log is written anew. */
    static DurableStore open(StoreFiles files, Clock clock, RandomGenerator random, long smallLog) throws IOException {
        DurableStore store = new DurableStore(files, clock, random, Tenant.anyone(), Currency.BOUND, smallLog);
        try {
            store.load();
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
        store.currency.confirm();
        store.looker.start();
        return store;
    }

    /**
     * As {@link #open(StoreFiles, Clock, RandomGenerator)}, also when the files cannot be read now: the store answers
     * nothing and says why, until somebody has mended them.
     *
     * @param files where it is
     * @param clock tells the time for model ids and the lock's note
     * @param random makes model ids
     * @param tenant for which domain; no other's store is read or written
     * @param maxAge how long the store answers after its files were last seen as they are; 1 second or more
     * @return the store
     */
    public static DurableStore openWhenReadable(
            StoreFiles files, Clock clock, RandomGenerator random, Tenant tenant, Duration maxAge) {
        DurableStore store = new DurableStore(files, clock, random, tenant, maxAge, SMALL_LOG);
        store.engine.withoutWrites(() -> {
            store.markStale(Duration.ZERO);
            store.look();
        });
        store.looker.start();
        return store;
    }

    /**
     * The store's content. Its writes are kept here.
     *
     * @return the same engine always
     */
    public EmbeddedEngine engine() {
        return engine;
    }

    /**
     * The store as the rest of the plugin asks it.
     *
     * @param pinnedModel the model that decides; empty for the latest
     * @return a backend; closing it closes this store
     */
    public EmbeddedBackend backend(Optional<String> pinnedModel) {
        return new EmbeddedBackend(engine, files.storeFile(), pinnedModel, this);
    }

    /** What keeps the store from being as its files say, or from being written. */
    @Override
    public Optional<String> problem() {
        return Optional.of(problem).filter(text -> !text.isEmpty()).or(trouble::text);
    }

    /** Why nothing may be answered from the store now. */
    @Override
    public Optional<String> refusal() {
        looker.keepAlive();
        // First of all: what is wrong with a store is told to its own domain alone.
        Optional<String> foreign = ownership.refusal();
        if (foreign.isPresent()) {
            return foreign;
        }
        return isRead ? currency.refusal() : neverRead();
    }

    @Override
    public boolean isAwaitingItsDomain() {
        return ownership.isAwaitingItsDomain();
    }

    /** Why the files could not be read even once. */
    @Override
    public Optional<String> neverRead() {
        return isRead ? Optional.empty() : problem();
    }

    /** When the files were last seen as they are. */
    @Override
    public Optional<Instant> followedAt() {
        return currency.confirmedAt();
    }

    /** Takes in what others have written. What goes wrong is told by {@link #failed}. */
    private void look() {
        if (isClosed) {
            return;
        }
        try {
            lookAtFiles();
        } catch (Throwable e) {
            // Whatever happens, the next look must come: who stops following does not hear that a permission is gone.
            markStale(NEXT_TRY);
            failed(e);
        }
    }

    private void lookAtFiles() throws IOException {
        if (isStale) {
            if (System.nanoTime() - nextTry < 0) {
                return;
            }
            load();
        } else {
            catchUp();
        }
        ownership.refresh();
        currency.confirm();
        ownership.adopt(log != null || !taken.files().isEmpty());
        trouble.look();
        if (writer != null && (!taken.equals(recorded) || isLong())) {
            writeAnew();
        }
    }

    private void failed(Throwable e) {
        report(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    /** What the engine holds may not be what the files say, until they are read as a whole. */
    private void markStale(Duration until) {
        isStale = true;
        nextTry = System.nanoTime() + until.toNanos();
    }

    private void catchUp() throws IOException {
        dropReplaced();
        if (writer == null) {
            follow(false);
        }
        if (watch.mayHaveChanged()) {
            if (loader.isOnDisk(taken)) {
                report("");
            } else {
                load();
            }
        }
    }

    /** Reads everything. The engine keeps what it has when that fails. */
    private void load() throws IOException {
        logStamp = FileStamp.of(files.log());
        ownership.refresh();
        StoreLoader.Loaded loaded = loader.load();
        ownership.read(loaded.image().owner());
        closeLog();
        log = loaded.log();
        recorded = loaded.recorded();
        taken = loaded.image().base();
        watch.haveRead(loaded.named());
        engine.replace(name(), loaded.image().models(), loaded.image().table());
        isStale = false;
        isRead = true;
        report(loaded.problem().orElse(""));
        if (writer != null) {
            closeWriter();
            writer = log == null ? null : LogWriter.after(files.log(), log);
        }
    }

    private String name() {
        return taken.name().isEmpty() ? files.storeFile() : taken.name();
    }

    /** Reads on in the log, also where it was replaced by a new one. */
    private void follow(boolean always) throws IOException {
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
            closeLog();
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

    /** A log that was restored from a backup, or removed, under our hands must not be written on. */
    private void dropReplaced() throws IOException {
        if (writer != null && !isOurs()) {
            LOGGER.warn("{} was replaced from outside while it was written; it is read anew", files.log());
            closeWriter();
            load();
        }
    }

    private boolean isOurs() throws IOException {
        FileStamp now = FileStamp.of(files.log());
        return now != null
                && now.size() == writer.size()
                && LogReader.headerOf(files.log()).equals(log.header());
    }

    private boolean isLong() {
        long state = log.header().stateEnd();
        return writer.size() - state > Math.max(state, smallLog);
    }

    /** The engine's side: called with its write lock held. */
    private final class Log implements ChangeLog {
        @Override
        public void prepare() {
            if (isClosed) {
                throw new BackendException(BackendException.Problem.UNAVAILABLE, "The store is closed");
            }
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
            markStale(Duration.ZERO);
        }
    }

    /** First what must be done, which needs no memory; then what is told. */
    private BackendException notWritten(String what, Throwable e) {
        closeWriter();
        markStale(Duration.ZERO);
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
        if (isStale) {
            load();
        }
        dropReplaced();
        ownership.refresh();
        ownership.adopt(true);
        requireOwn();
        if (writer == null) {
            follow(true);
            if (log == null || !log.header().hasMark() || !taken.equals(recorded)) {
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
        boolean continues = log != null && taken.equals(recorded);
        try (LogReplacement out = new LogReplacement(files.log())) {
            StateWriter state = new StateWriter(out, engine.tuples());
            state.begin(ownership.owner(), taken, engine.models());
            if (continues) {
                loader.eachRecorded(listed -> {
                    for (var tuple : listed.tuples()) {
                        state.inFile(tuple);
                    }
                });
            } else if (!taken.files().isEmpty()) {
                writeSource(state);
            }
            state.end();
            long generation = random.nextLong() | 1;
            out.commit(
                    generation,
                    continues ? log.header().generation() : 0,
                    continues ? writer == null ? log.sequence() : writer.sequence() : 0);
        }
        closeWriter();
        closeLog();
        log = LogReader.open(files.log());
        log.skipState();
        logStamp = null;
        recorded = taken;
        writer = LogWriter.after(files.log(), log);
    }

    private void writeSource(StateWriter state) throws IOException {
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

    private void report(String text) {
        if (!text.equals(reported)) {
            if (text.isEmpty()) {
                LOGGER.info("Store {}: all is well again", files.source());
            } else {
                LOGGER.warn("Store {}: {}", files.source(), text);
            }
            reported = text;
            problem = files.withoutPaths(text);
        }
    }

    /** After this the log is read again before anything is written: what stands at its end is not known here. */
    private void closeWriter() {
        if (writer != null) {
            close(writer);
            writer = null;
            logStamp = null;
        }
    }

    private void closeLog() {
        if (log != null) {
            close(log);
            log = null;
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOGGER.warn("A file of a store was not closed: {}", e.getMessage());
        }
    }

    /**
     * Gives files, lock and thread back, soon after it returns. What the store holds can still be read; writes fail.
     */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        looker.close();
    }

    private void giveBack() {
        closeWriter();
        closeLog();
        if (lock != null) {
            close(lock);
            lock = null;
        }
    }
}
