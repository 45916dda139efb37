package io.mcpaccess.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A plugin's ZIP unpacked the way gravitee-plugin-core does it. */
record PluginZip(Path directory) {

    /**
     * @param zip the archive
     * @param directory where to unpack it; empty
     */
    static PluginZip unpack(Path zip, Path directory) {
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) archive.stream().map(ZipEntry.class::cast)::iterator) {
                Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IllegalStateException(entry.getName() + " leaves the directory");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    try (InputStream content = archive.getInputStream(entry)) {
                        Files.copy(content, target);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(zip.toString(), e);
        }
        return new PluginZip(directory);
    }

    /** The jars at the root; AM reads the manifest from the first it meets, so there must be one. */
    List<Path> rootJars() {
        return jars(directory);
    }

    Path rootJar() {
        return rootJars().get(0);
    }

    List<Path> libraries() {
        Path lib = directory.resolve("lib");
        return Files.isDirectory(lib) ? jars(lib) : List.of();
    }

    /** The manifest, {@code plugin.properties} at the root of the root jar. */
    Properties manifest() {
        Properties manifest = new Properties();
        try (ZipFile jar = new ZipFile(rootJar().toFile());
                InputStream content = jar.getInputStream(jar.getEntry("plugin.properties"))) {
            manifest.load(content);
        } catch (IOException e) {
            throw new UncheckedIOException(rootJar().toString(), e);
        }
        return manifest;
    }

    /** Names of the classes in a jar, as {@link Class#forName(String)} takes them. */
    static List<String> classes(Path jar) {
        try (ZipFile archive = new ZipFile(jar.toFile())) {
            return archive.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .filter(name -> !name.endsWith("module-info.class") && !name.endsWith("package-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(jar.toString(), e);
        }
    }

    static List<Path> jars(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory.toString(), e);
        }
    }
}
