package io.gravitee.am.model;

/**
 * A security domain. {@code referenceId} is the environment's id, {@code path} begins with a slash.
 */
public class Domain {
    private String id;
    private String hrid;
    private String name;
    private String path;
    private boolean enabled = true;
    private boolean master;
    private boolean vhostMode;
    private ReferenceType referenceType;
    private String referenceId;
    private String version;

    public Domain() {}

    public Domain(String id) {
        this.id = id;
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public String getHrid() {
        return hrid;
    }

    public void setHrid(String hrid) {
        this.hrid = hrid;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getPath() {
        return path;
    }

    public void setPath(String path) {
        this.path = path;
    }

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public boolean isMaster() {
        return master;
    }

    public void setMaster(boolean master) {
        this.master = master;
    }

    public boolean isVhostMode() {
        return vhostMode;
    }

    public void setVhostMode(boolean vhostMode) {
        this.vhostMode = vhostMode;
    }

    public ReferenceType getReferenceType() {
        return referenceType;
    }

    public void setReferenceType(ReferenceType referenceType) {
        this.referenceType = referenceType;
    }

    public String getReferenceId() {
        return referenceId;
    }

    public void setReferenceId(String referenceId) {
        this.referenceId = referenceId;
    }

    public String getVersion() {
        return version;
    }

    public void setVersion(String version) {
        this.version = version;
    }
}
