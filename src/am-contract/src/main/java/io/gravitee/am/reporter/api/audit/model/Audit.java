package io.gravitee.am.reporter.api.audit.model;

import java.time.Instant;

/**
 * An entry of AM's audit log.
 */
public class Audit {
    private String id;
    private String type;
    private AuditEntity actor;
    private AuditOutcome outcome;
    private Instant timestamp;

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = type;
    }

    public AuditEntity getActor() {
        return actor;
    }

    public void setActor(AuditEntity actor) {
        this.actor = actor;
    }

    public AuditOutcome getOutcome() {
        return outcome;
    }

    public void setOutcome(AuditOutcome outcome) {
        this.outcome = outcome;
    }

    public Instant timestamp() {
        return timestamp;
    }

    public void setTimestamp(Instant timestamp) {
        this.timestamp = timestamp;
    }
}
