package dev.yardmaster.house;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * The arrows between modules, as their build files draw them.
 *
 * @param allowed the module folders whose products may be used, by module folder; {@code apps} stands for everything in it
 */
record ModuleRules(Map<String, Set<String>> allowed) {

    private static final String GROUP = "dev.yardmaster";

    /** Dependencies that no arrow allows. @param poms the modules' build files, by path */
    List<String> arrows(Map<Path, String> poms) throws Exception {
        var broken = new ArrayList<String>();
        for (Map.Entry<Path, String> pom : poms.entrySet()) {
            Path folder = pom.getKey().getParent();
            if (!pom.getKey().endsWith("pom.xml") || folder == null) {
                continue; // the root's holds versions, not uses
            }
            Set<String> may = allowed.get(top(folder));
            if (may == null) {
                broken.add(folder + " is in no row of Layout.MODULES; add it with the modules that it may use");
                continue;
            }
            for (String used : products(pom.getValue())) {
                if (!may.contains(used)) {
                    broken.add(
                            folder + " uses " + used + "; it may use " + (may.isEmpty() ? "none" : new TreeSet<>(may))
                                    + ": turn the arrow round, or make it a dependency of its tests");
                }
            }
        }
        return broken;
    }

    private static String top(Path folder) {
        return folder.getName(0).toString();
    }

    /** The folders of our modules that a build file names as a dependency of the product. */
    private List<String> products(String pom) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Element project = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(pom)))
                .getDocumentElement();
        return elements(project, "dependency").stream()
                .filter(each -> text(each, "groupId").equals(GROUP)
                        && !text(each, "scope").equals("test"))
                .map(each -> text(each, "artifactId").replaceFirst("^yardmaster-", ""))
                .map(name -> allowed.containsKey(name) ? name : "integrations")
                .toList();
    }

    private static List<Element> elements(Element in, String name) {
        NodeList found = in.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static String text(Element in, String name) {
        return elements(in, name).stream()
                .findFirst()
                .map(each -> each.getTextContent().strip())
                .orElse("");
    }
}
