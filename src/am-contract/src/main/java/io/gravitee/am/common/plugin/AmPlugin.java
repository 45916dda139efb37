package io.gravitee.am.common.plugin;

import io.gravitee.plugin.core.api.ConfigurablePlugin;
import io.gravitee.plugin.core.api.Plugin;
import io.gravitee.plugin.core.api.PluginManifest;
import java.net.URL;
import java.nio.file.Path;

/**
 * The class that a plugin names in its manifest: which configuration, which provider. AM sets the registry's plugin as delegate.
 */
public abstract class AmPlugin<CONFIGURATION, PROVIDER> implements ConfigurablePlugin<CONFIGURATION> {
    private Plugin delegate;

    public abstract Class<PROVIDER> provider();

    public Plugin getDelegate() {
        return delegate;
    }

    public void setDelegate(Plugin delegate) {
        this.delegate = delegate;
    }

    @Override
    public String id() {
        return delegate.id();
    }

    @Override
    public String clazz() {
        return delegate.clazz();
    }

    @Override
    public String type() {
        return delegate.type();
    }

    @Override
    public Path path() {
        return delegate.path();
    }

    @Override
    public PluginManifest manifest() {
        return delegate.manifest();
    }

    @Override
    public URL[] dependencies() {
        return delegate.dependencies();
    }

    @Override
    public boolean deployed() {
        return delegate.deployed();
    }
}
