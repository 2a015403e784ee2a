"""Reads the files of a district that tests need to know: who lives where, who has which chat id, which groups there are."""

import csv
from pathlib import Path


class District:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.households = {row["id"]: row for row in self.rows("households.csv")}
        self.residents = self.rows("residents.csv")
        self.staff = self.rows("staff.csv")
        self.groups = self.rows("groups.csv")

    def rows(self, name):
        with open(self.folder / name, encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def people(self):
        return self.residents + self.staff

    def user_ids(self):
        return sorted({row["chat_id"] for row in self.people() if row["chat_id"]})

    def names(self):
        return {row["name"] for row in self.people() if row["name"]}

    def phones(self):
        return {row["phone"] for row in self.people() if row.get("phone")}

    def voters(self, grid):
        """Chat ids of the bound adults of each household of a grid, head first, in the order of the file."""
        found = {}
        for row in self.residents:
            if self.households[row["household"]]["grid"] == grid and row["chat_id"] and row["adult"] == "True":
                found.setdefault(row["household"], []).append(row["chat_id"])
        return found
