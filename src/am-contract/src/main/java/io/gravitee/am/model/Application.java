package io.gravitee.am.model;

import io.gravitee.am.model.oidc.Client;

/**
 * An application of a domain. Its client id, grants and scopes are read through {@link #toClient()}, which has them flat.
 */
public class Application {
    private String id;
    private String name;
    private String domain;
    private boolean enabled = true;
    private boolean template;

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getDomain() {
        return domain;
    }

    public void setDomain(String domain) {
        this.domain = domain;
    }

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public boolean isTemplate() {
        return template;
    }

    public void setTemplate(boolean template) {
        this.template = template;
    }

    /** AM copies the application's settings; a stand-in overrides this to add what it keeps. */
    public Client toClient() {
        Client client = new Client();
        client.setId(id);
        client.setClientName(name);
        client.setDomain(domain);
        client.setEnabled(enabled);
        client.setTemplate(template);
        return client;
    }
}
