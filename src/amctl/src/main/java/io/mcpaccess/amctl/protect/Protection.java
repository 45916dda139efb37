package io.mcpaccess.amctl.protect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmFailure;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.protect.ConsentForm.Owner;
import io.mcpaccess.amctl.protect.Item.Change;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a domain ready, or takes that back; a plan first. Everything is read and planned before anything is written; if AM fails
 * in between, the message says so and the same call finishes it. Not for many threads.
 */
public final class Protection {
    private static final String ENGINE_NAME = "MCP access control";
    private static final Set<String> SWITCHES = Set.of("allowLocalhostRedirectUri", "allowHttpSchemeRedirectUri");

    private final ManagedDomain domain;
    private final List<Item> items = new ArrayList<>();
    private final List<Runnable> work = new ArrayList<>();

    /**
     * What is wanted.
     *
     * @param mode the policy's mode at the token endpoint
     * @param engine the configuration of an engine to add where none is
     * @param loopback whether redirect URIs on loopback and http are to be allowed
     * @param keepForm whether a consent form of the domain's own is fine as it is
     */
    public record Wish(String mode, Optional<JsonNode> engine, boolean loopback, boolean keepForm) {
        @Override
        public String toString() {
            return "Wish[mode=" + mode + ", loopback=" + loopback + "]";
        }
    }

    /**
     * Plans for a domain.
     *
     * @param domain the domain
     */
    public Protection(ManagedDomain domain) {
        this.domain = domain;
    }

    /**
     * Plans to make it ready.
     *
     * @param wish what is wanted
     */
    public void plan(Wish wish) {
        if (domain.plugins().policy(DomainFlows.POLICY).isEmpty()) {
            items.add(new Item(
                    "policy " + DomainFlows.POLICY,
                    Change.REFUSED,
                    "AM does not have the plugin, and would drop its steps silently; install the plugin ZIPs first"));
            return;
        }
        JsonNode listed = domain.flows();
        Receipt before = new DomainFlows(listed).receipt();
        Optional<JsonNode> newEngine = engine(wish);
        Set<String> newSwitches = wish.loopback() ? switches() : Set.of();
        DomainFlows preview = new DomainFlows(listed);
        preview.protect(wish.mode(), before.and(new Receipt(Optional.empty(), newSwitches)));
        items.addAll(preview.items());
        items.addAll(ServerNotes.flows(domain));
        items.addAll(ServerNotes.names(domain));
        boolean newForm = form(wish.keepForm());
        boolean flowsChange = !preview.body().equals(new DomainFlows(listed).body());
        if (newEngine.isPresent() || flowsChange) {
            work.add(() -> write(wish.mode(), listed, before, newEngine, newSwitches));
        }
        if (newForm) {
            work.add(() -> domain.addConsentForm(ConsentForm.content()));
        }
        if (!newSwitches.isEmpty()) {
            work.add(() -> set(newSwitches, true));
        }
    }

    private Optional<JsonNode> engine(Wish wish) {
        if (domain.engine().isPresent()) {
            items.add(new Item("engine", Change.UNCHANGED, ""));
            return Optional.empty();
        }
        items.add(
                wish.engine().isPresent()
                        ? new Item("engine", Change.ADDED, ENGINE_NAME)
                        : new Item(
                                "engine",
                                Change.REFUSED,
                                "the domain has none; say which: --embedded FILE, --openfga URL with --store ID, or"
                                        + " --engine-config FILE"));
        return wish.engine();
    }

    /** The switches that are off. */
    private Set<String> switches() {
        JsonNode settings = domain.read().path("oidc").path("clientRegistrationSettings");
        if (settings.isMissingNode() || settings.isNull()) {
            items.add(new Item("redirect URIs", Change.REFUSED, "the right to read DOMAIN_OPENID is missing"));
            return Set.of();
        }
        Set<String> off = new TreeSet<>();
        for (String name : new TreeSet<>(SWITCHES)) {
            boolean isOn = settings.path(name).asBoolean();
            items.add(new Item("switch " + name, isOn ? Change.UNCHANGED : Change.CHANGED, isOn ? "" : "on"));
            if (!isOn) {
                off.add(name);
            }
        }
        return off;
    }

    private boolean form(boolean keep) {
        Owner owner = ConsentForm.owner(domain.consentForm());
        items.add(
                switch (owner) {
                    case AM -> new Item("consent form", Change.ADDED, "");
                    case AMCTL -> new Item("consent form", Change.UNCHANGED, "");
                    case OTHER_WITH_TOOLS ->
                        new Item("consent form", Change.UNCHANGED, "a form of the domain's own shows the tools");
                    case EDITED -> new Item("consent form", Change.KEPT, "somebody edited it since it was put in");
                    case OTHER ->
                        keep
                                ? new Item("consent form", Change.KEPT, "a form of the domain's own")
                                : new Item(
                                        "consent form",
                                        Change.REFUSED,
                                        "the domain has one of its own, which is not overwritten; take the table of"
                                                + " tools over from the bundle's consent-form.html, or say --keep-form");
                });
        return owner == Owner.AM;
    }

    private void write(
            String mode, JsonNode listed, Receipt before, Optional<JsonNode> newEngine, Set<String> newSwitches) {
        requireSame(listed);
        Optional<String> engine = newEngine.map(configuration -> domain.addEngine(ENGINE_NAME, configuration));
        DomainFlows flows = new DomainFlows(listed);
        flows.protect(mode, before.and(new Receipt(engine, newSwitches)));
        try {
            domain.writeFlows(flows.body());
        } catch (RuntimeException e) {
            engine.ifPresent(domain::removeEngine);
            throw e;
        }
    }

    /** AM has no way to write flows only if they are as they were read; so at least the time in between is short. */
    private void requireSame(JsonNode listed) {
        if (!domain.flows().equals(listed)) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "Somebody changed the domain's flows meanwhile. Nothing was changed; repeat the call.");
        }
    }

    private void set(Set<String> switches, boolean value) {
        ObjectNode patch = Json.object();
        ObjectNode settings = patch.putObject("oidc").putObject("clientRegistrationSettings");
        switches.forEach(name -> settings.put(name, value));
        domain.patch(patch);
    }

    /** Plans to take back what was put in. The flows go last, because they say what else there is. */
    public void planUndo() {
        JsonNode listed = domain.flows();
        Receipt receipt = new DomainFlows(listed).receipt();
        undoSwitches(receipt.switches());
        undoForm();
        receipt.engine().ifPresent(this::undoEngine);
        DomainFlows flows = new DomainFlows(listed);
        flows.undo();
        items.addAll(flows.items());
        if (!flows.body().equals(new DomainFlows(listed).body())) {
            work.add(() -> {
                requireSame(listed);
                domain.writeFlows(flows.body());
            });
        }
    }

    private void undoSwitches(Set<String> switches) {
        JsonNode settings =
                switches.isEmpty() ? Json.object() : domain.read().path("oidc").path("clientRegistrationSettings");
        Set<String> on = new TreeSet<>();
        for (String name : new TreeSet<>(switches)) {
            if (settings.path(name).asBoolean()) {
                on.add(name);
                items.add(new Item("switch " + name, Change.CHANGED, "off"));
            } else {
                items.add(new Item("switch " + name, Change.UNCHANGED, "off already, or not to be read"));
            }
        }
        if (!on.isEmpty()) {
            work.add(() -> set(on, false));
        }
    }

    private void undoForm() {
        JsonNode form = domain.consentForm();
        switch (ConsentForm.owner(form)) {
            case AMCTL -> {
                items.add(new Item("consent form", Change.REMOVED, ""));
                work.add(() -> domain.removeForm(form.path("id").asText()));
            }
            case EDITED ->
                items.add(new Item("consent form", Change.KEPT, "somebody edited it since; remove it in the console"));
            case AM, OTHER, OTHER_WITH_TOOLS -> items.add(new Item("consent form", Change.UNCHANGED, "not from amctl"));
        }
    }

    private void undoEngine(String id) {
        Optional<JsonNode> engine =
                domain.engine().filter(found -> id.equals(found.path("id").asText()));
        if (engine.isEmpty()) {
            items.add(new Item("engine", Change.UNCHANGED, "it is gone already"));
        } else if (!engine.get().path("updatedAt").equals(engine.get().path("createdAt"))) {
            items.add(new Item("engine", Change.KEPT, "somebody changed it since; remove it in the console"));
        } else {
            items.add(new Item("engine", Change.REMOVED, ""));
            work.add(() -> domain.removeEngine(id));
        }
    }

    /**
     * The plan.
     *
     * @return its parts
     */
    public List<Item> items() {
        return List.copyOf(items);
    }

    /**
     * How the plan ends.
     *
     * @return {@link ExitCode#REFUSED} if a part is refused
     */
    public ExitCode code() {
        return items.stream().anyMatch(item -> item.change() == Change.REFUSED) ? ExitCode.REFUSED : ExitCode.DONE;
    }

    /**
     * Does what is planned.
     *
     * @throws CommandFailure if AM fails; what was done before stays, and the same call finishes it
     */
    public void apply() {
        int done = 0;
        try {
            for (Runnable step : work) {
                step.run();
                done++;
            }
        } catch (AmFailure e) {
            if (done == 0) {
                throw e;
            }
            throw new CommandFailure(
                    e.status() == 401 || e.status() == 403 ? ExitCode.UNAUTHORISED : ExitCode.FAILED,
                    "AM failed after " + done + " of " + work.size() + " steps: " + e.getMessage()
                            + " Repeat the call to finish, or take it back with --undo.");
        }
    }
}
