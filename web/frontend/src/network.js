// One bundle draws the network wherever it is drawn: on its page, and in the file that one takes along.
import { startFile } from "./network-file.js";
import { startPage } from "./network-page.js";

if (document.getElementById("mang-luoi")) startPage();
else if (document.getElementById("data")) startFile();
