package dev.yardmaster.tool.builtin;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.tool.InvalidArgumentsException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The common names of file types and the names of their files, as ripgrep's {@code --type} has them. */
final class FileTypes {

    private static final String TABLE = """
            c          *.[chH] *.[chH].in *.cats
            clojure    *.clj *.cljc *.cljs *.cljx
            cmake      *.cmake CMakeLists.txt
            config     *.cfg *.conf *.config *.ini
            cpp        *.[ChH] *.cc *.[ch]pp *.[ch]xx *.hh *.inl *.[ChH].in *.cc.in *.[ch]pp.in *.[ch]xx.in *.hh.in
            cs         *.cs
            csharp     *.cs
            css        *.css *.scss
            csv        *.csv
            dart       *.dart
            diff       *.patch *.diff
            docker     *Dockerfile*
            elixir     *.ex *.eex *.exs
            elm        *.elm
            erlang     *.erl *.hrl
            go         *.go
            gradle     *.gradle
            groovy     *.groovy *.gradle
            h          *.h *.hh *.hpp
            haskell    *.hs *.lhs *.cpphs *.c2hs *.hsc
            html       *.htm *.html *.ejs
            java       *.java *.jsp *.jspx *.properties
            jl         *.jl
            js         *.js *.jsx *.vue *.cjs *.mjs
            json       *.json composer.lock
            julia      *.jl
            jupyter    *.ipynb *.jpynb
            kotlin     *.kt *.kts
            less       *.less
            lock       *.lock package-lock.json
            log        *.log
            lua        *.lua
            make       [Gg][Nn][Uu]makefile [Mm]akefile *.mk *.mak
            markdown   *.markdown *.md *.mdown *.mdwn *.mkd *.mkdn
            md         *.markdown *.md *.mdown *.mdwn *.mkd *.mkdn
            nix        *.nix
            objc       *.h *.m
            ocaml      *.ml *.mli *.mll *.mly
            perl       *.perl *.pl *.PL *.plh *.plx *.pm *.t
            php        *.php *.php3 *.php4 *.php5 *.php7 *.php8 *.pht *.phtml
            protobuf   *.proto
            ps         *.cdxml *.ps1 *.ps1xml *.psd1 *.psm1
            py         *.py *.pyi
            r          *.R *.r *.Rmd *.Rnw
            readme     README* *README
            rst        *.rst
            ruby       config.ru Gemfile .irbrc Rakefile *.gemspec *.rb *.rbw
            rust       *.rs
            sass       *.sass *.scss
            scala      *.scala *.sbt
            sh         .bashrc .bash_profile .profile .zshrc *.bash *.csh *.ksh *.sh *.tcsh *.zsh
            sql        *.sql *.psql
            svg        *.svg
            swift      *.swift
            tex        *.tex *.ltx *.cls *.sty *.bib *.dtx *.ins
            tf         *.tf *.auto.tfvars terraform.tfvars *.tf.json
            toml       *.toml Cargo.lock
            ts         *.ts *.tsx *.cts *.mts
            txt        *.txt
            vb         *.vb
            vim        *.vim .vimrc vimrc
            xml        *.xml *.xml.dist *.dtd *.xsl *.xslt *.xsd *.xjb *.rng *.sch *.xhtml
            yaml       *.yaml *.yml
            zig        *.zig
            zsh        .zshenv .zshrc *.zsh
            """;

    private static final Map<String, List<String>> GLOBS = read();

    private FileTypes() {}

    private static Map<String, List<String>> read() {
        var globs = new TreeMap<String, List<String>>();
        TABLE.lines()
                .map(line -> List.of(line.split("\\s+")))
                .forEach(row -> globs.put(row.getFirst(), row.subList(1, row.size())));
        return globs;
    }

    /** Patterns of names. @throws InvalidArgumentsException when the type is not known */
    static List<String> globs(String type) {
        List<String> globs = GLOBS.get(type);
        if (globs == null) {
            throw new InvalidArgumentsException("there is no file type '" + type + "'"
                    + DidYouMean.hint(type, GLOBS.keySet()) + "; known: "
                    + String.join(", ", GLOBS.keySet()) + ". Or use glob");
        }
        return globs;
    }
}
