import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  globalIgnores([
    "functions/lib/",
    "client/dist/",
    "client/example/reactNative.ts",
    "client/example/reactNativeSound.ts",
    ".local/",
    "**/node_modules/",
  ]),
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      // A document of the server under the name that an app knows it by.
      "@typescript-eslint/no-empty-object-type": [
        "error",
        { allowInterfaces: "with-single-extends" },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "eqeqeq": "error",
      "no-console": "error",
    },
  },
  {
    files: [
      "client/example/**/*.ts",
      "client/release/**/*.ts",
      "local/**/*.ts",
      "bench/**/*.ts",
      "docs/**/*.ts",
    ],
    rules: { "no-console": "off" },
  },
);
