package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.embedded.Change;
import io.mcpaccess.openfga.embedded.ChangeLog;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import io.mcpaccess.openfga.embedded.StoreContent;
import io.mcpaccess.openfga.embedded.Ulids;
import io.mcpaccess.openfga.embedded.backend.EmbeddedBackend;
import io.mcpaccess.openfga.embedded.backend.StoreLifeCycle;
import io.mcpaccess.openfga.embedded.evaluation.ModelRemark;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
public final class DurableStore implements StoreLifeCycle, AutoCloseable {

    /** How often the files are looked at. */
    static final Duration LOOK = Duration.ofMillis(200);

    /** How long after a failure the files are read again. */
    private static final Duration NEXT_TRY = Duration.ofSeconds(1);

    private static final Logger LOGGER = LoggerFactory.getLogger(DurableStore.class);

    private final StoreFiles files;
    private final EmbeddedEngine engine;
    private final SupervisedLoop looker;
    private final Ownership ownership;
    private final Currency currency;
    private final WriteTrouble trouble;
    private final FollowedFiles followed;
    private final StoreWriting writing;
    private List<ModelRemark> remarked = List.of();
    private String reported = "";
    private volatile String problem = "";
    private volatile boolean isClosed;

    private DurableStore(
            StoreFiles files, Clock clock, RandomGenerator random, Tenant tenant, Duration maxAge, long smallLog) {
        this.files = files;
        this.ownership = new Ownership(files, tenant);
        this.currency = new Currency(clock, maxAge);
        this.trouble = new WriteTrouble(files);
        this.writing = new StoreWriting(files, clock, random, ownership, trouble, smallLog);
        this.engine = new EmbeddedEngine(
                new StoreContent(files.storeFile(), List.of(), List.of()), new WhileOpen(), new Ulids(clock, random));
        this.followed = new FollowedFiles(files, engine, ownership, this::report);
        writing.of(engine, followed);
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
        return open(files, clock, random, StoreWriting.SMALL_LOG);
    }

    /** As {@link #open(StoreFiles, Clock, RandomGenerator)}, with another length from which a log is written anew. */
    static DurableStore open(StoreFiles files, Clock clock, RandomGenerator random, long smallLog) throws IOException {
        DurableStore store = new DurableStore(files, clock, random, Tenant.anyone(), Currency.BOUND, smallLog);
        try {
            store.writing.readAnew();
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
        DurableStore store = new DurableStore(files, clock, random, tenant, maxAge, StoreWriting.SMALL_LOG);
        store.engine.withoutWrites(() -> {
            store.followed.markStale(Duration.ZERO);
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
        return followed.isRead() ? currency.refusal() : neverRead();
    }

    @Override
    public boolean isAwaitingItsDomain() {
        return ownership.isAwaitingItsDomain();
    }

    /** Why the files could not be read even once. */
    @Override
    public Optional<String> neverRead() {
        return followed.isRead() ? Optional.empty() : problem();
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
            followed.markStale(NEXT_TRY);
            failed(e);
        }
    }

    private void lookAtFiles() throws IOException {
        if (followed.isStale()) {
            if (followed.isToWait()) {
                return;
            }
            writing.readAnew();
        } else {
            catchUp();
        }
        ownership.refresh();
        currency.confirm();
        ownership.adopt(followed.log() != null || !followed.taken().files().isEmpty());
        trouble.look();
        writing.tidy();
        remark();
    }

    /** What the administrator should know about a model, once. */
    private void remark() {
        List<ModelRemark> now = engine.remarks();
        if (now == remarked) {
            return;
        }
        remarked = now;
        RemarkLines.of(now).forEach(line -> LOGGER.warn("Store {}: {}", files.source(), line));
    }

    private void catchUp() throws IOException {
        writing.dropReplaced();
        if (!writing.isWriter()) {
            followed.follow(false);
        }
        if (followed.hasNewSource()) {
            writing.readAnew();
        }
    }

    private void failed(Throwable e) {
        report(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
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

    /** Lets the engine write until the store is closed. */
    private final class WhileOpen implements ChangeLog {
        @Override
        public void prepare() {
            if (isClosed) {
                throw new BackendException(BackendException.Problem.UNAVAILABLE, "The store is closed");
            }
            writing.prepare();
        }

        @Override
        public void keep(Change change) {
            writing.keep(change);
        }

        @Override
        public void lost() {
            writing.lost();
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
        writing.close();
        followed.close();
    }
}
