// Fills build/nodes/LINE/{gateway,management}/{lib,sandbox} from assembly/am-LINE-parent-classpath.txt: the lines that have a group.
import java.nio.file.Files
import java.nio.file.Path
import org.eclipse.aether.RepositorySystem
import org.eclipse.aether.artifact.DefaultArtifact
import org.eclipse.aether.resolution.ArtifactRequest

def root = Path.of(project.properties['repository.root'])
def line = session.userProperties['am.line'] ?: project.properties['am.line']
def list = root.resolve("assembly/am-${line}-parent-classpath.txt")
if (!Files.exists(list)) {
    throw new IllegalArgumentException("There is no ${list}: -Dam.line names a line of AM whose list is in that directory")
}

def jars = [gateway: [], management: []]
list.toFile().readLines().findAll { !it.startsWith('#') && it.trim() }.each {
    def (artifact, version, where, group) = it.split(' +') as List
    if (group) {
        where.split('\\+').each { node -> jars[node == 'mgmt' ? 'management' : node] << "$group:$artifact:$version" }
    }
}
def contract = project.artifacts.find { it.artifactId == 'am-contract' }.file

def resolve = { coordinates ->
    def requests = coordinates.collect { new ArtifactRequest(new DefaultArtifact(it as String), project.remoteProjectRepositories, null) }
    session.container.lookup(RepositorySystem).resolveArtifacts(session.repositorySession, requests)*.artifact*.file
}
// Emptied first: what an earlier list named would still be on the class path.
def fill = { directory, files ->
    directory.deleteDir()
    directory.mkdirs()
    files.each { Files.copy(it.toPath(), directory.toPath().resolve(it.name)) }
}
jars.each { node, coordinates ->
    def home = root.resolve("build/nodes/$line/$node").toFile()
    fill(new File(home, 'lib'), resolve(coordinates) + contract)
    fill(new File(home, 'sandbox'), node == 'gateway' ? resolve(project.properties['sandbox.jars'].split(' ') as List) : [])
}
log.info("AM $line: ${jars.gateway.size()} jars of the gateway, ${jars.management.size()} of the management API")
