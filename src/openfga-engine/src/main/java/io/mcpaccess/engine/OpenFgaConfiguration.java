package io.mcpaccess.engine;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.gravitee.am.authorizationengine.api.AuthorizationEngineConfiguration;
import java.util.List;

/**
 * An engine's configuration as it stands in AM, filled by AM's Jackson; {@code schema-form.json} says what each member
 * means. Nothing is refused here: AM drops an engine whose configuration does not parse, and says nothing. What is no
 * member, or no value of one, is noted; {@link EngineSettings} checks and explains.
 */
@JsonDeserialize(using = ConfigurationReader.class)
public class OpenFgaConfiguration extends NotedFaults implements AuthorizationEngineConfiguration {

    String mode;

    String connectionUri;
    String storeId;
    String authorizationModelId;

    String apiToken;
    String apiTokenIssuer;
    String apiAudience;
    String clientId;
    String clientSecret;
    String scopes;

    String tlsTrustedCertificates;
    String tlsClientCertificate;
    String tlsClientKey;

    Integer connectTimeoutMillis;
    Integer readTimeoutMillis;
    Integer deadlineMillis;
    Boolean retry;
    Integer breakerFailures;
    Integer breakerPauseSeconds;
    String consistency;
    List<String> higherConsistencyRelations;
    List<Header> headers;

    String storeFile;

    List<ActionAlias> actionAliases;
    String toolObject;
    String subject;
    String scopeCheck;
    String unknownTools;
    String sharedToolNames;
    Boolean checkClient;
    String clientRelation;
    Boolean checkActor;
    String agentSubject;
    String boundTokens;
    String currentTime;
    List<String> callers;
    String permissionMode;
    List<String> shadowServers;
    String auditDecisions;
    Integer auditSample;

    Integer cacheAllowSeconds;
    Integer cacheDenySeconds;
    Integer cacheEntries;

    /** Names the mode and the place of the data; the rest may be secret. */
    @Override
    public String toString() {
        return "OpenFgaConfiguration[mode=" + mode + ", connectionUri=" + connectionUri + ", storeId=" + storeId
                + ", storeFile=" + storeFile + "]";
    }

    /** An action that stands for a relation. */
    static final class ActionAlias {
        String action;
        String relation;
    }

    /** A header sent with each request. */
    static final class Header {
        String name;
        String value;
    }
}
