package io.mcpaccess.acceptance.host;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a test wants a domain to have. Grows call by call; not for many threads. */
public final class DomainSpec {

    /** AM's default password policy takes it. */
    public static final String PASSWORD = "Wonderland-2026!";

    /** The grant type of a token exchange (RFC 8693). */
    public static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    /** What all applications and MCP servers of the tests have. */
    public static final String SECRET = "s3cret-of-the-tests";

    final List<String> users = new ArrayList<>();
    final List<Application> applications = new ArrayList<>();
    final List<Server> servers = new ArrayList<>();
    final List<Tuple> tuples = new ArrayList<>();
    final Map<String, Object> engine = new LinkedHashMap<>();
    final Map<String, String> claims = new LinkedHashMap<>();
    final EnumSet<Host.Feature> needs = EnumSet.noneOf(Host.Feature.class);
    String tokenMode = "";
    boolean isBare;
    boolean hasOurForm = true;

    /**
     * An application, which may ask for any scope of the domain's tools.
     *
     * @param agent the kind of agent, null for one that is none
     * @param requiredScopes scopes without which its users give it nothing
     */
    record Application(
            String clientId,
            List<String> grantTypes,
            String agent,
            boolean isSelfApproving,
            List<String> requiredScopes) {

        Application(String clientId, List<String> grantTypes, String agent) {
            this(clientId, grantTypes, agent, false, List.of());
        }
    }

    /** An MCP server. */
    record Server(String clientId, String identifier, List<Tool> tools) {}

    /** One tool of an MCP server. */
    public record Tool(String key, List<String> scopes, String description) {

        /** A tool that needs scopes. */
        public static Tool of(String key, String... scopes) {
            return new Tool(key, List.of(scopes), "The tool " + key);
        }

        /** The same with another description. */
        public Tool described(String words) {
            return new Tool(key, scopes, words);
        }
    }

    /** A relationship tuple. */
    record Tuple(String user, String relation, String object) {}

    /** Users of AM's default identity provider. */
    public DomainSpec users(String... names) {
        users.addAll(List.of(names));
        return this;
    }

    /** An application with all grant types that the tests use. */
    public DomainSpec application(String clientId) {
        applications.add(
                new Application(clientId, List.of("authorization_code", "refresh_token", "client_credentials"), null));
        return this;
    }

    /** An application that exchanges users' tokens for its own and may be named as the actor of others; hosts without skip the test. */
    public DomainSpec exchangingApplication(String clientId) {
        applications.add(new Application(
                clientId, List.of("authorization_code", "refresh_token", "client_credentials", EXCHANGE), null));
        return needs(Host.Feature.TOKEN_EXCHANGE);
    }

    /** An application to which its users have to give some scopes, where they choose scope by scope. */
    public DomainSpec demandingApplication(String clientId, String... requiredScopes) {
        applications.add(new Application(
                clientId, List.of("authorization_code", "refresh_token"), null, false, List.of(requiredScopes)));
        return needs(Host.Feature.SCOPE_CHOICE);
    }

    /**
     * An application whose scopes nobody is asked about, see {@link Host.Feature#SELF_APPROVAL}: where the host has none such, it is
     * one like the others.
     */
    public DomainSpec selfApprovingApplication(String clientId) {
        applications.add(
                new Application(clientId, List.of("authorization_code", "refresh_token"), null, true, List.of()));
        return this;
    }

    /** An agent that acts for itself; hosts without such applications skip the test. */
    public DomainSpec autonomousAgent(String clientId) {
        applications.add(new Application(clientId, List.of("client_credentials"), "AUTONOMOUS"));
        return needs(Host.Feature.AGENT_APPLICATIONS);
    }

    /** An agent that acts for users and for itself; hosts without such applications skip the test. */
    public DomainSpec delegatedAgent(String clientId) {
        applications.add(
                new Application(clientId, List.of("authorization_code", "client_credentials"), "HOSTED_DELEGATED"));
        return needs(Host.Feature.AGENT_APPLICATIONS);
    }

    /** Something without which the test makes no sense: it is skipped where the host cannot have it. */
    public DomainSpec needs(Host.Feature feature) {
        needs.add(feature);
        return this;
    }

    /** Nothing of the product in it: no engine, no flows, no form; see {@link TestDomain#install}. */
    public DomainSpec bare() {
        isBare = true;
        return this;
    }

    /** An MCP server; its scopes are defined in the domain. */
    public DomainSpec server(String clientId, String identifier, Tool... tools) {
        servers.add(new Server(clientId, identifier, List.of(tools)));
        return this;
    }

    /** A permission in the embedded store. */
    public DomainSpec tuple(String user, String relation, String object) {
        tuples.add(new Tuple(user, relation, object));
        return this;
    }

    /** A setting of the engine. */
    public DomainSpec setting(String name, Object value) {
        engine.put(name, value);
        return this;
    }

    /** A claim of all access tokens, with the expression that AM works out for it. */
    public DomainSpec claim(String name, String expression) {
        claims.put(name, expression);
        return this;
    }

    /** AM's own consent page in place of the bundle's. */
    public DomainSpec formOfAm() {
        hasOurForm = false;
        return this;
    }

    /** The policy at TOKEN pre, CONSENT pre and post, and the bundle's consent form; the mode is the one at TOKEN pre. */
    public DomainSpec policy(String mode) {
        tokenMode = mode;
        return this;
    }
}
